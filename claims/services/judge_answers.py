"""The database as a store of a judge's answers: what a server was asked once it is not asked again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from claims.models import JudgeAnswer
from claims.models.verdict import LONGEST_JUDGE

_AT_ONCE = 500  # keys in one query: below SQLite's oldest limit of parameters


class StoredAnswers:
    """An ``AnswerStore`` (see ``analysis.judges.keeping``) over the rows of ``JudgeAnswer``."""

    def get_many(self, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Return the answers that are known, by key."""
        found: dict[str, dict[str, Any]] = {}
        for first in range(0, len(keys), _AT_ONCE):
            rows = JudgeAnswer.objects.filter(key__in=keys[first : first + _AT_ONCE])
            found |= dict(rows.values_list("key", "told"))
        return found

    def put_many(self, judge: str, answers: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep new answers; what no longer held and was asked again is replaced."""
        rows = [JudgeAnswer(judge=judge[:LONGEST_JUDGE], key=key, told=told) for key, told in answers.items()]
        JudgeAnswer.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["key"], update_fields=["told", "answered_at"]
        )
