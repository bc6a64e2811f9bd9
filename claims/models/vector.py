"""Vectors: each text's embedding, kept so that it is never computed twice."""

from __future__ import annotations

from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat


class VectorQuerySet(models.QuerySet["Vector"]):
    """What a search by meaning asks about vectors."""

    def every_one_of(self, model: str) -> VectorQuerySet:
        """Keep a model's vectors, to be read from the first to the last.

        The database is kept from its index: it would look up every row by itself, which takes half as long again.
        """
        by = Concat("model", Value(""))
        return self.annotate(by=by).filter(by=model).order_by()


class Vector(models.Model):
    """One unit vector, float32 little-endian, by model and by the text's SHA-256."""

    model = models.CharField(max_length=200)
    text_hash = models.CharField(max_length=64)
    values = models.BinaryField()

    objects = VectorQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "text_hash"], name="vector_once_for_model_and_text")]

    def __str__(self) -> str:
        return f"{self.model} {self.text_hash[:12]}"
