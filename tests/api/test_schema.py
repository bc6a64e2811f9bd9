"""The API against its own description: whatever that allows is taken, whatever it forbids refused, all as it says."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, seed, settings
from schemathesis.config import SchemathesisConfig

from claims.services.annotate import annotate, reply
from claims.services.review import decide
from config.wsgi import application
from tests.api.conftest import program_of
from tests.factories import make_call, make_user

pytestmark = pytest.mark.django_db

# What no schema can say is refused by 422 (that an alias stands for two sources); an ETag that somebody made up by 412.
_CHECKS = {
    "positive_data_acceptance": {"expected-statuses": ["2xx", "304", "401", "403", "404", "409", "412", "422"]},
    "negative_data_rejection": {"expected-statuses": ["400", "401", "403", "404", "405", "412", "415", "422", "428"]},
    "missing_required_header": {"expected-statuses": ["422", "428"]},
}


schema = schemathesis.openapi.from_wsgi(
    "/api/v1/openapi.json", application, config=SchemathesisConfig.from_dict({"checks": _CHECKS})
)


@pytest.fixture
def secret(db: None) -> str:
    """Make a call with everything, and return the token of an editor."""
    comparison = make_call()
    pair, ana = comparison.pairs.all()[0], make_user("reviewer", name="ana")
    reply(annotate(pair, ana, text="A note."), ana, "An answer.")
    decide(pair, ana, "agree")
    return program_of("editor").secret


@schema.parametrize()
@seed(20310408)
@settings(
    max_examples=6,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_api_does_what_its_description_says(case: Any, secret: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {secret}"})
