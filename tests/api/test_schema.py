"""The API against its own description: whatever that allows is taken, whatever it forbids refused, all as it says."""

from __future__ import annotations

import re
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, seed, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from schemathesis.schemas import BaseSchema

from config.wsgi import application
from tests.api.conftest import program_of
from tests.api.everything import keys_of, make_everything

pytestmark = pytest.mark.django_db

# What no schema can say is refused by 422 (that an alias stands for two sources); an ETag that somebody made up by 412.
_CHECKS = {
    "positive_data_acceptance": {"expected-statuses": ["2xx", "304", "401", "403", "404", "409", "412", "422"]},
    "negative_data_rejection": {"expected-statuses": ["400", "401", "403", "404", "405", "412", "415", "422", "428"]},
    "missing_required_header": {"expected-statuses": ["404", "422", "428"]},
}


# Every edge of every parameter takes minutes over all endpoints: these few have every kind of parameter between them.
EDGES = ["/api/v1/names", "/api/v1/events", "/api/v1/annotations/{pk}", "/api/v1/pairs/{pk}/reviews/mine"]


def schema_of(*, edges: bool) -> BaseSchema:
    """Return the description, to be tried with every edge of its parameters or with what chance brings."""
    told = {"checks": _CHECKS, "phases": {"coverage": {"enabled": edges}}}
    config = SchemathesisConfig.from_dict(told)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=config)


by_chance, at_edges = schema_of(edges=False), schema_of(edges=True).include(path=EDGES)


@pytest.fixture
def places(db: None) -> dict[str, str]:
    """Make something of every noun, and return what stands in its addresses."""
    return {place.strip("/"): str(key).rpartition("/")[2] for place, key in keys_of(make_everything()).items()}


@pytest.fixture
def secret(places: dict[str, str]) -> str:
    """Return the token of an editor."""
    return program_of("editor").secret


def lead_somewhere(case: Any, places: dict[str, str], secret: str) -> dict[str, str]:
    """Have a case ask for what exists, on the state that stands, where it breaks no rule there; return its headers."""
    keep = {place: mode.mode is GenerationMode.POSITIVE for place, mode in case.meta.components.items()}
    if keep.get(ParameterLocation.PATH):
        for noun, name in re.findall(r"(\w[\w-]*)/\{(\w+)\}", case.operation.path):
            case.path_parameters[name] = places.get(f"{noun}/{{{name}}}") or places[f"{{{name}}}"]
    headers = {"Authorization": f"Bearer {secret}"}
    if keep.get(ParameterLocation.HEADER) and "If-Match" in (case.headers or {}):
        headers["If-Match"] = "*"
    return headers


bounded = settings(
    max_examples=3,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@by_chance.parametrize()
@seed(20310408)
@bounded
def test_the_api_does_what_its_description_says(case: Any, places: dict[str, str], secret: str) -> None:
    case.call_and_validate(headers=lead_somewhere(case, places, secret))


@at_edges.parametrize()
@seed(20310408)
@settings(bounded, max_examples=1)
def test_it_does_so_at_every_edge(case: Any, secret: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {secret}"})
