"""What Django's system check says of Crossread's own settings, before anything starts."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from claims.services.judge_settings import problems


@register("crossread")
def judge_is_usable(**options: Any) -> list[CheckMessage]:
    """Refuse a judge that cannot judge as it is set."""
    return [Error(problem, id="crossread.E001") for problem in problems()]
