"""The API against its own description: whatever that allows is taken, whatever it forbids refused, all as it says."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, seed, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import BaseSchema

from config.wsgi import application
from tests.api.conftest import program_of
from tests.api.everything import make_everything

pytestmark = pytest.mark.django_db

# What no schema can say is refused by 422 (that an alias stands for two sources); an ETag that somebody made up by 412.
_CHECKS = {
    "positive_data_acceptance": {"expected-statuses": ["2xx", "304", "401", "403", "404", "409", "412", "422"]},
    "negative_data_rejection": {"expected-statuses": ["400", "401", "403", "404", "405", "412", "415", "422", "428"]},
    "missing_required_header": {"expected-statuses": ["404", "422", "428"]},
}


# Every edge of every parameter takes a minute over all endpoints: these few have every kind of parameter between them.
EDGES = ["/api/v1/pairs", "/api/v1/events", "/api/v1/annotations/{pk}", "/api/v1/pairs/{pk}/reviews/mine"]


def schema_of(*, edges: bool) -> BaseSchema:
    """Return the description, to be tried with every edge of its parameters or with what chance brings."""
    told = {"checks": _CHECKS, "phases": {"coverage": {"enabled": edges}}}
    config = SchemathesisConfig.from_dict(told)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=config)


by_chance, at_edges = schema_of(edges=False), schema_of(edges=True).include(path=EDGES)


@pytest.fixture
def secret(db: None) -> str:
    """Make something of every noun, and return the token of an editor."""
    make_everything()
    return program_of("editor").secret


bounded = settings(
    max_examples=4,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@by_chance.parametrize()
@seed(20310408)
@bounded
def test_the_api_does_what_its_description_says(case: Any, secret: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {secret}"})


@at_edges.parametrize()
@seed(20310408)
@settings(bounded, max_examples=1)
def test_it_does_so_at_every_edge(case: Any, secret: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {secret}"})
