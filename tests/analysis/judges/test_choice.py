"""Which judge stands behind which name, and what begins with a run."""

from __future__ import annotations

import subprocess
import sys

import pytest

from claims.analysis.judges import Choice, begin_run, judge_of, notices_of


def test_every_choice_has_its_judge() -> None:
    made = {choice: judge_of(choice, model="tiny", url="https://judge.test/v1") for choice in Choice}
    assert made[Choice.RULES] is None
    assert [type(made[choice]).__name__ for choice in (Choice.BUILT_IN, Choice.INFERENCE, Choice.REMOTE)] == [
        "CrossEncoder",
        "InferenceJudge",
        "RemoteJudge",
    ]


def test_another_name_is_refused() -> None:
    with pytest.raises(ValueError, match="oracle"):
        judge_of("oracle")


@pytest.mark.parametrize("choice", list(Choice))
def test_every_judge_can_begin_a_run_and_has_nothing_to_say_yet(choice: Choice) -> None:
    judge = judge_of(choice, model="tiny", url="https://judge.test/v1")
    begin_run(judge, beat=lambda: None)
    assert notices_of(judge) == []


def test_the_choices_are_known_without_loading_anything_heavy() -> None:
    script = "import sys, claims.analysis.judges; print({'numpy', 'torch', 'httpx2'} & set(sys.modules) or 'light')"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "light"
