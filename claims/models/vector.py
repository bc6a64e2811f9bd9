"""Vectors: each text's embedding, kept so that it is never computed twice."""

from __future__ import annotations

import hashlib

from django.db import models


class Vector(models.Model):
    """One unit vector, float32 little-endian, by model and by the text's SHA-256."""

    model = models.CharField(max_length=200)
    text_hash = models.CharField(max_length=64)
    values = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "text_hash"], name="vector_once_for_model_and_text")]

    def __str__(self) -> str:
        return f"{self.model} {self.text_hash[:12]}"


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()
