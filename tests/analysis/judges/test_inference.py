"""A judge out of an inference model: a tiny one, made here, whose labels come in any order and case."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from claims.analysis.judges.inference import InferenceJudge, UnusableModel, label_places, opinion_of
from claims.analysis.structures import Relation

WORDS = "arden asked velland offered the port is open shut until may not .".split()  # noqa: SIM905
PAIRS = [("arden asked .", "velland offered ."), ("the port is open .", "the port is shut until may .")]


def make_model(folder: Path, labels: list[str]) -> str:
    """Make a model of two layers whose weights are chance, and return its folder."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    torch.manual_seed(7)
    folder.mkdir(exist_ok=True)
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]))
    config = BertConfig(
        vocab_size=len(WORDS) + 5,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        initializer_range=1.0,
        id2label=dict(enumerate(labels)),
        label2id={label: place for place, label in enumerate(labels)},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(str(vocabulary)).save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return make_model(tmp_path_factory.mktemp("models") / "tiny-nli", ["CONTRADICTION", "Entailment", "neutral"])


@pytest.mark.model
def test_it_gives_the_chance_of_each_relation(model: str) -> None:
    opinions = InferenceJudge(model).opinions(PAIRS)
    assert len(opinions) == len(PAIRS)
    for opinion in opinions:
        assert set(opinion.relation) == set(Relation)
        assert sum(opinion.relation.values()) == pytest.approx(1)
        assert opinion.settled


@pytest.mark.model
def test_it_says_the_same_whichever_side_comes_first(model: str) -> None:
    judge = InferenceJudge(model)
    one, other = judge.opinions(PAIRS), judge.opinions([pair[::-1] for pair in PAIRS])
    for first, second in zip(one, other, strict=True):
        assert dict(first.relation) == pytest.approx(dict(second.relation), abs=1e-5)


@pytest.mark.model
def test_the_order_of_its_labels_changes_what_it_says(model: str, tmp_path: Path) -> None:
    turned = make_model(tmp_path / "turned", ["entailment", "contradiction", "neutral"])
    one, other = InferenceJudge(model).opinions(PAIRS), InferenceJudge(turned).opinions(PAIRS)
    assert dict(one[0].relation) != pytest.approx(dict(other[0].relation), abs=1e-3)


@pytest.mark.model
def test_labels_without_meaning_are_refused_in_words(tmp_path: Path) -> None:
    judge = InferenceJudge(make_model(tmp_path / "plain", ["LABEL_0", "LABEL_1", "LABEL_2"]))
    with pytest.raises(UnusableModel, match="its labels are LABEL_0, LABEL_1, LABEL_2"):
        judge.opinions(PAIRS)


@pytest.mark.model
def test_a_folder_without_a_model_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UnusableModel, match="could not be loaded"):
        InferenceJudge(str(tmp_path)).opinions(PAIRS)


def test_it_is_named_for_its_model_and_not_for_where_that_lies(tmp_path: Path) -> None:
    (tmp_path / "tiny").mkdir()
    assert InferenceJudge(str(tmp_path / "tiny")).name == "tiny"
    assert InferenceJudge("somebody/nli-model").name == "somebody/nli-model"


def test_no_pairs_load_nothing() -> None:
    assert InferenceJudge("somebody/nli-model").opinions([]) == []


def test_labels_are_found_by_name() -> None:
    assert label_places({0: "contradiction", 1: "ENTAILMENT", 2: " Neutral "}, model="m") == [1, 2, 0]


@pytest.mark.parametrize(
    "labels",
    [
        ["entailment", "not_entailment"],
        ["entailment", "neutral", "contradiction", "other"],
        ["entailment", "neutral", "Neutral"],
    ],
)
def test_other_labels_are_refused(labels: list[str]) -> None:
    with pytest.raises(UnusableModel):
        label_places(dict(enumerate(labels)), model="m")


@pytest.mark.parametrize(
    ("forward", "backward", "relation"),
    [
        ((0.95, 0.04, 0.01), (0.9, 0.08, 0.02), Relation.AGREE),
        ((0.95, 0.04, 0.01), (0.1, 0.85, 0.05), Relation.PARTIAL),
        ((0.05, 0.9, 0.05), (0.1, 0.85, 0.05), Relation.PARTIAL),
        ((0.02, 0.08, 0.9), (0.01, 0.09, 0.9), Relation.DIVERGE),
        ((0.0, 0.0, 1.0), (0.0, 0.0, 1.0), Relation.DIVERGE),
    ],
)
def test_two_readings_make_one_relation(
    forward: tuple[float, ...], backward: tuple[float, ...], relation: Relation
) -> None:
    for both in ((forward, backward), (backward, forward)):
        chances = opinion_of(*map(np.array, both)).relation
        assert max(chances, key=lambda one: chances[one]) is relation
        assert sum(chances.values()) == pytest.approx(1)
