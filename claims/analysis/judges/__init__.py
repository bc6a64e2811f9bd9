"""The judges that an installation may choose from, made from plain arguments.

``built-in`` is the trained network of ``cross_encoder``; ``rules`` is no judge at all, the detectors alone decide;
``inference`` reads with any model of natural language inference; ``remote`` asks a language model on a server.
What this module names is light, so that a web process may know the choices without loading a model.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from .spending import Caps

if TYPE_CHECKING:
    from ..cross_encoder import CrossEncoder
    from ..judging import Judge, Linker
    from .keeping import AnswerStore

__all__ = ["Caps", "Choice", "begin_run", "judge_of", "linker_of", "notices_of"]


class Choice(StrEnum):
    """Who says how statements relate."""

    BUILT_IN = "built-in"
    RULES = "rules"
    INFERENCE = "inference"
    REMOTE = "remote"


def judge_of(
    choice: str,
    *,
    model: str = "",
    url: str = "",
    key: str = "",
    caps: Caps | None = None,
    store: AnswerStore | None = None,
) -> Judge | None:
    """Return the judge of that name, or None for the detectors alone. No model is loaded yet.

    Args:
        model: for ``inference`` a model's name or folder, for ``remote`` the model that the server is asked for.
        url: the server's OpenAI-compatible address, for ``remote``; the built-in judge reads what it leaves open.
        store: where ``remote`` keeps what the server answered.

    Raises:
        ValueError: if there is no such choice.
    """
    match Choice(choice):
        case Choice.RULES:
            return None
        case Choice.BUILT_IN:
            return _built_in()
        case Choice.INFERENCE:
            from .inference import InferenceJudge

            return InferenceJudge(model)
        case Choice.REMOTE:
            from .remote import RemoteJudge

            return RemoteJudge(url=url, model=model, key=key, caps=caps or Caps(), fallback=_built_in(), store=store)


def begin_run(reader: Judge | Linker | None, *, beat: Callable[[], None] | None = None) -> None:
    """Have a judge count its spending from nothing and forget its notices, if it counts any.

    Args:
        beat: called after every request or batch, since many of them take longer than a worker may be silent.
    """
    begin = getattr(reader, "begin_run", None)
    if begin is not None:
        begin(beat=beat)


def notices_of(judge: Judge | None) -> list[str]:
    """Return what a judge has to say of the run, in sentences: where it could not judge, and who did instead."""
    return list(getattr(judge, "notices", ()))


def linker_of(choice: str) -> Linker | None:
    """Return who says which statements belong together: the trained network, unless the rules alone are to decide."""
    return None if Choice(choice) is Choice.RULES else _built_in()


@cache
def _built_in() -> CrossEncoder:
    """Return the built-in network: linker and judge are one, so that it is loaded once."""
    from ..cross_encoder import CrossEncoder

    return CrossEncoder()
