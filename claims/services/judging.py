"""Who reads two statements together in this process, as the settings name it. Loaded at the first pair, not before."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from claims.analysis.judges import judge_of, linker_of
from claims.analysis.judges.keeping import AnswerStore
from claims.analysis.judging import Judge, Linker
from claims.services.judge_answers import StoredAnswers
from claims.services.judge_settings import caps


@cache
def judge() -> Judge | None:
    """Return the process's judge, or None where the detectors alone decide. What a server answers is kept in rows."""
    return _judge(StoredAnswers())


@cache
def judge_without_rows() -> Judge | None:
    """Return the same judge where no database is to be touched: a server is asked anew about every pair."""
    return _judge(None)


def _judge(store: AnswerStore | None) -> Judge | None:
    return judge_of(
        settings.CROSSREAD_JUDGE,
        model=settings.CROSSREAD_JUDGE_MODEL,
        url=settings.CROSSREAD_JUDGE_URL,
        key=settings.CROSSREAD_JUDGE_KEY,
        caps=caps(),
        store=store,
    )


@cache
def linker() -> Linker | None:
    """Return the process's linker, or None where vectors and words alone decide what belongs together."""
    return linker_of(settings.CROSSREAD_JUDGE)
