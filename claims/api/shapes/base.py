"""The kinds of values, and how a claim's or a person's name is told."""

from __future__ import annotations

from typing import Annotated, Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model
from ninja import Schema
from pydantic import AfterValidator, Field

MOST_KEY = 2**63 - 1


def _is_text(value: str) -> str:
    if "\0" in value:
        raise ValueError("This holds a character that no text has")
    return value


Key = Annotated[int, Field(ge=1, le=MOST_KEY)]
AnyKey = Annotated[int, Field(ge=0, le=MOST_KEY)]  # in a filter: 0 is any
Slug = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]+$", max_length=120)]
IS_TEXT = AfterValidator(_is_text)
Word = Annotated[str, Field(max_length=200), IS_TEXT]  # a name, a choice
Line = Annotated[str, Field(max_length=500), IS_TEXT]  # what is typed into one line
Note = Annotated[str, Field(max_length=20_000), IS_TEXT]  # what a person writes


class Named(Schema):
    """A row by its id and its name."""

    id: int
    name: str


class Input(Schema, extra="forbid"):
    """What a write is given; a field that it does not know is refused, since it would be lost."""


def named(person: AbstractBaseUser | None) -> str | None:
    """Return a person's name."""
    return person.get_username() if person is not None else None


def page_of(row: Model) -> str:
    """Return the address of a row's page on this server."""
    address: str = row.get_absolute_url()  # type: ignore[attr-defined]
    return address


def added(row: Model, name: str) -> Any:
    """Return what a queryset added to a row."""
    return vars(row)[name]
