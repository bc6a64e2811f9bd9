"""The reference of the API as a page, made from its description; no script has a part in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

_REF = "#/components/schemas/"
_ORDER = (
    *(
        "you",
        "events",
        "sources",
        "articles",
        "deliveries",
        "tables",
        "claims",
        "comparisons",
        "pairs",
        "fixes",
        "reviews",
    ),
    *("assignments", "annotations", "search", "library", "names", "feeds", "exports"),
)


@dataclass(frozen=True, slots=True)
class Field:
    """One value that is sent or comes back; ``of`` is the shape that its type leads to."""

    name: str
    kind: str
    of: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A status with the shape that comes with it."""

    status: str
    about: str
    of: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method of one address."""

    name: str
    method: str
    address: str
    about: str
    scope: str
    parameters: tuple[Field, ...]
    body: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of JSON object."""

    name: str
    about: str
    fields: tuple[Field, ...]


@login_not_required
@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """Show the reference."""
    groups, shapes = _read()
    context = {"groups": groups, "shapes": shapes, "address": request.build_absolute_uri("/api/v1/")}
    return render(request, "claims/api_docs.html", context)


@cache
def _read() -> tuple[list[tuple[str, list[Endpoint]]], list[Shape]]:
    from claims.api.root import described  # the API is loaded by who asks it, not by every web process at its start

    schema = described()
    groups: dict[str, list[Endpoint]] = {name: [] for name in _ORDER}
    for address, methods in schema["paths"].items():
        for method, told in methods.items():
            groups.setdefault(told.get("tags", ["others"])[0], []).append(_endpoint(address, method, told))
    shapes = [_shape(name, told) for name, told in sorted(schema["components"]["schemas"].items())]
    return [(name, found) for name, found in groups.items() if found], [one for one in shapes if one.fields]


def _endpoint(address: str, method: str, told: Mapping[str, Any]) -> Endpoint:
    content = told.get("requestBody", {}).get("content", {})
    return Endpoint(
        name=told["operationId"],
        method=method.upper(),
        address=address.removeprefix("/api/v1"),
        about=told.get("description") or told["summary"],
        scope=told["security"][0]["Bearer"][0],
        parameters=tuple(_fields(told["parameters"])),
        body=_named(next((one["schema"] for one in content.values()), {})),
        answers=tuple(_answers(told["responses"])),
    )


def _fields(parameters: Iterable[Mapping[str, Any]]) -> Iterator[Field]:
    for one in parameters:
        kind = f"{one['in']}, {_kind(one['schema'])}"
        yield Field(one["name"], kind, "", one["required"], one.get("description", ""))


def _answers(responses: Mapping[Any, Mapping[str, Any]]) -> Iterator[Answer]:
    for status, told in sorted(responses.items(), key=lambda one: int(one[0])):
        content = told.get("content", {})
        shape = next((_named(one.get("schema", {})) for one in content.values()), "")
        yield Answer(str(status), told["description"], shape)


def _shape(name: str, told: Mapping[str, Any]) -> Shape:
    required = set(told.get("required", ()))
    fields = [
        Field(key, _kind(one), _named(one), key in required, one.get("description", ""))
        for key, one in told.get("properties", {}).items()
    ]
    return Shape(name, " ".join(told.get("description", "").split()), tuple(fields))


def _named(schema: Mapping[str, Any]) -> str:
    """Return the shape that a schema leads to, or ""."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_REF)
    inner = [schema["items"]] if "items" in schema else schema.get("anyOf", schema.get("allOf", []))
    return next((found for one in inner if (found := _named(one))), "")


def _kind(schema: Mapping[str, Any]) -> str:
    """Return a value's type in words."""
    if "$ref" in schema:
        return "object"
    if "enum" in schema:
        return " | ".join(f"“{one}”" for one in schema["enum"] if one != "")
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(one) for one in schema["anyOf"]))
    kind = str(schema.get("type", "any"))
    if kind == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return str(schema.get("format", kind))
