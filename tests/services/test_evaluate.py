"""Measuring event folders that hold gold labels, and how the command tells it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.management import CommandError, call_command

from claims.analysis.encoding import Encoder
from claims.services import evaluate
from claims.services.comparing import Readers
from claims.services.evaluate import EventKind, evaluated, measure
from claims.services.folders import FolderError
from tests.services.worker_process import WordNetwork

TOML = """
title = "Call on the ferry line"
[[source]]
name = "Harbour Office"
party = "Lowmark"
[[source]]
name = "Sea Ministry"
party = "Easterby"
[[article]]
file = "a.txt"
publisher = "Harbour Office"
[[article]]
file = "b.txt"
publisher = "Sea Ministry"
"""
A = ["The call lasted an hour.", "The ferry will sail on Monday.", "Tea was served."]
B = ["The call lasted two hours.", "Nothing was said of the ferry.", "The sea was calm."]


def sentences(prefix: str, source: str, texts: list[str]) -> list[dict[str, Any]]:
    starts = [sum(len(text) + 1 for text in texts[:place]) for place in range(len(texts))]
    return [
        {"id": f"{prefix}{place}", "start": start, "end": start + len(text), "source": source}
        for place, (start, text) in enumerate(zip(starts, texts, strict=True), 1)
    ]


GOLD: dict[str, Any] = {
    "sentences": {"a.txt": sentences("a", "Lowmark", A), "b.txt": sentences("b", "Easterby", B)},
    "comparisons": [
        {
            "a": "Easterby",
            "b": "Lowmark",
            "pairs": [
                {"a": ["b1"], "b": ["a1"], "relation": "diverge", "kind": "account", "facets": ["number"]},
                {"a": ["b2"], "b": ["a2"], "relation": "partial", "kind": None, "facets": ["tone"]},
            ],
            "only_a": ["b3"],
            "only_b": ["a3"],
        }
    ],
}


def said() -> dict[str, Any]:
    """Return what ``compare --json`` would print: one link right and called so, one that the gold does not have."""
    listed = [
        {**one, "id": f"c{one['id']}", "article": f"{one['id'][0]}.txt", "source": source, "confidence": 1.0}
        for source, side in (("Harbour Office", "a.txt"), ("Sea Ministry", "b.txt"))
        for one in GOLD["sentences"][side]
    ]
    number = [{"kind": "number"}, {"kind": "scope_detail"}]
    sure = {"score": 0.95, "certainty": "sure"}
    suggested = {"score": 0.45, "certainty": "suggested"}
    pairs = [
        {"a": ["ca1"], "b": ["cb1"], "relation": "diverge", "kind": "position", "reasons": number, **sure},
        {"a": ["ca2"], "b": ["cb3"], "relation": "agree", "kind": None, "reasons": [], **suggested},
    ]
    return {"event": "ferry-call", "a": "Harbour Office", "b": "Sea Ministry", "claims": listed, "pairs": pairs}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "ferry-call"
    made.mkdir()
    (made / "event.toml").write_text(TOML)
    (made / "a.txt").write_text(" ".join(A))
    (made / "b.txt").write_text(" ".join(B))
    (made / "gold.json").write_text(json.dumps(GOLD))
    return made


@pytest.fixture
def answered() -> Iterator[mock.Mock]:
    with mock.patch.object(evaluate, "compared", side_effect=lambda *_, **__: iter([said()])) as compared:
        yield compared


def run(*args: str | Path) -> tuple[str, str]:
    out, problems = StringIO(), StringIO()
    call_command("evaluate", *map(str, args), stdout=out, stderr=problems)
    return out.getvalue(), problems.getvalue()


def test_it_measures_what_compare_prints_against_the_gold_whatever_the_sides_are_called(
    folder: Path, answered: mock.Mock
) -> None:
    (event,) = measure([folder])
    assert (event.name, event.kind, event.missing) == ("ferry-call", EventKind.TWO_READOUTS, ())
    scores = evaluated([event]).scores
    found = {
        (name, measure): figure.value for name, score in scores.items() for measure, figure in score.figures.items()
    }
    # a1-b1 is right, a2-b3 is not, a2-b2 is missed.
    assert found["align", "f1"] == pytest.approx(0.5)
    assert found["diverge", "f1"] == 1
    assert found["relation", "macro_f1"] == pytest.approx(1 / 3)
    assert found["kind", "accuracy"] == 0
    assert (found["reasons", "precision"], found["reasons", "recall"]) == (0.5, 1)
    # Alone stay a3 (right) and b2 (wrong); b3 is linked, so it is missed.
    assert (found["only", "precision"], found["only", "recall"]) == (0.5, 0.5)
    assert found["sure", "precision"] == 1
    assert found["calibration", "error"] == pytest.approx((0.05 + 0.45) / 2)
    assert found["attribution", "accuracy"] is None


def test_the_rules_alone_are_asked_for_whatever_is_set(folder: Path, answered: mock.Mock) -> None:
    list(measure([folder], rules=True))
    readers = answered.call_args.kwargs["readers"]
    assert (readers.linker, readers.judge) == (None, None)


def test_it_compares_with_the_readers_it_is_given(folder: Path) -> None:
    encoder = Encoder(model="words")
    encoder.__dict__["_network"] = WordNetwork()
    (event,) = measure([folder], readers=Readers(encoder))
    align = evaluated([event]).scores["align"]
    assert align.cases == 2
    assert align.figures["recall"].value == 1


def test_a_source_that_the_event_lacks_is_told_and_all_of_it_is_missed(folder: Path, answered: mock.Mock) -> None:
    gold = GOLD | {"comparisons": [GOLD["comparisons"][0] | {"a": "Highmark"}]}
    (folder / "gold.json").write_text(json.dumps(gold))
    out, problems = run(folder, "--json")
    assert "ferry-call: Highmark / Lowmark" in problems
    told = json.loads(out)
    assert told["missing"] == ["ferry-call: Highmark / Lowmark"]
    assert told["all"]["figures"]["align"]["recall"]["value"] == 0


def test_json_is_one_object_with_everything_by_kind_and_by_event(folder: Path, answered: mock.Mock) -> None:
    out, problems = run(folder.parent, "--json", "--events")
    told = json.loads(out)
    assert problems == ""
    assert told["all"]["events"] == 1
    assert told["all"]["figures"]["align"] == {
        "cases": 2,
        **{name: {"value": 0.5, "low": None, "high": None} for name in ("precision", "recall", "f1")},
    }
    assert told["all"]["confusion"]["diverge"] == {"agree": 0, "partial": 0, "diverge": 1}
    assert told["all"]["reliability"][0] == {"from": 0.4, "cases": 1, "mean": 0.45, "right": 0.0}
    assert told["kinds"] == {"two readouts": told["all"]}
    assert [one["event"] for one in told["by_event"]] == ["ferry-call"]
    assert "by_event" not in json.loads(run(folder, "--json")[0])


def test_tables_tell_the_same_to_a_person(folder: Path, answered: mock.Mock) -> None:
    out, _ = run(folder, "--events")
    lines = [line.split() for line in out.splitlines()]
    assert ["align", "0.500", "0.500", "0.500", "2", "gold", "links"] in lines
    assert ["sure,", "precision", "1.000", "1", "links", "called", "sure"] in lines
    assert any(line[:1] == ["ferry-call"] for line in lines)
    assert not any(line[:1] == ["ferry-call"] for line in map(str.split, run(folder)[0].splitlines()))


def test_progress_goes_to_a_terminal_alone(folder: Path, answered: mock.Mock) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    out, problems = StringIO(), Terminal()
    call_command("evaluate", str(folder), stdout=out, stderr=problems)
    assert "1 compared, the last ferry-call" in problems.getvalue()
    assert "compared, the last" not in out.getvalue()
    assert run(folder)[1] == ""


@pytest.mark.parametrize(
    ("gold", "told"),
    [
        (None, "There are no gold labels"),
        ("{", "cannot be read"),
        ('{"comparisons": []}', "lacks 'sentences'"),
        ('{"sentences": []}', "not as the labelling guide has it"),
        ('{"sentences": {"a.txt": [{"id": "a1", "start": 4, "end": 4, "source": "x"}]}}', "a span needs"),
        (json.dumps(GOLD).replace('"partial"', '"perhaps"'), "'perhaps' is not a valid Relation"),
    ],
)
def test_gold_that_cannot_be_read_is_refused_in_a_sentence(folder: Path, gold: str | None, told: str) -> None:
    (folder / "gold.json").unlink()
    if gold is not None:
        (folder / "gold.json").write_text(gold)
    with pytest.raises(CommandError, match=told):
        run(folder)


def test_every_path_needs_an_event_with_gold(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="no event folder"):
        list(measure([folder, tmp_path / "nowhere"]))


def test_an_event_without_gold_beside_others_is_passed_over(folder: Path, answered: mock.Mock) -> None:
    other = folder.parent / "bare"
    other.mkdir()
    (other / "event.toml").write_text(TOML)
    assert [event.name for event in measure([folder.parent])] == ["ferry-call"]


def test_help_tells_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("evaluate", "--help")
    assert "Exit code 0" in capsys.readouterr().out
