"""Gold labels as they lie beside an event: ``gold.json``, in the form of the labelling guide."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from claims.analysis.scoring.cases import Gold, GoldComparison, Labelled, Sentence
from claims.analysis.structures import DivergenceKind, ReasonKind, Relation, Span
from claims.services.folders import FolderError, find_folders

FILE = "gold.json"


def labelled_folders(paths: Sequence[Path]) -> list[Path]:
    """Return the event folders of each path that hold gold labels.

    Raises:
        FolderError: if a path holds no event folder, or none with gold labels.
    """
    found = []
    for path in paths:
        inside = [folder for folder in find_folders([path]) if (folder / FILE).is_file()]
        if not inside:
            raise FolderError(f"There are no gold labels at {path}: put a {FILE} beside event.toml.")
        found += inside
    return found


def read_gold(folder: Path) -> Gold:
    """Read the gold labels of an event folder.

    Raises:
        FolderError: if they cannot be read or are not of the guide's form.
    """
    file = folder / FILE
    try:
        told = json.loads(file.read_text("utf-8"))
        return Gold(tuple(_sentences(told["sentences"])), tuple(map(_comparison, told.get("comparisons", []))))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise FolderError(f"{file} cannot be read: {error}. Correct it and try again.") from None
    except KeyError as error:
        raise FolderError(f"{file} lacks {error}. See the labelling guide for its form.") from None
    except (AttributeError, TypeError, ValueError) as error:
        raise FolderError(f"{file} is not as the labelling guide has it: {error}.") from None


def _sentences(told: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Sentence]:
    for article, sentences in told.items():
        for one in sentences:
            sources = one["source"] if isinstance(one["source"], list) else [one["source"]]
            yield Sentence(one["id"], article, Span(one["start"], one["end"]), frozenset(sources))


def _comparison(told: Mapping[str, Any]) -> GoldComparison:
    sides = {name: frozenset(told[name]) for name in ("only_a", "only_b")}
    sides |= {name: frozenset(told.get(name, [])) for name in ("skip_a", "skip_b")}
    return GoldComparison(told["a"], told["b"], tuple(map(_pair, told["pairs"])), **sides)


def _pair(told: Mapping[str, Any]) -> Labelled:
    kind = told.get("kind")
    return Labelled(
        tuple(told["a"]),
        tuple(told["b"]),
        Relation(told["relation"]),
        DivergenceKind(kind) if kind else None,
        frozenset(map(ReasonKind, told.get("facets", []))),
    )
