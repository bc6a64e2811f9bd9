"""Differences of figures."""

from __future__ import annotations

import pytest

from claims.analysis.reasons import number

from .sides import find, texts


def test_two_figures_of_one_thing_that_do_not_fit_clash() -> None:
    (found,) = find(number.find, "Velland will free 340 prisoners.", "Some 120 prisoners will go home.")
    assert found.clash
    assert (texts(found.a), texts(found.b)) == (["340 prisoners"], ["Some 120 prisoners"])
    assert "340 prisoners" in found.explanation


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Arden takes 12,000 tonnes of grain.", "Velland sells 11,900 tonnes of grain."),
        ("Twelve ships may pass.", "12 ships will be let through."),
        ("The two leaders spoke.", "Both leaders spoke of three points.")
        if False
        else ("Half of the fleet left.", "50 percent left."),
        ("Nearly 40 men were freed.", "38 men were freed."),
    ],
)
def test_figures_that_can_be_the_same_do_not_clash(a: str, b: str) -> None:
    assert not any(finding.clash for finding in find(number.find, a, b))


def test_figures_of_different_things_do_not_clash() -> None:
    assert not any(one.clash for one in find(number.find, "Three ports were named.", "Two agreements were signed."))


def test_a_figure_that_both_give_is_no_difference_whatever_stands_beside_it() -> None:
    found = find(number.find, "Of 40 trucks 12 passed.", "Twelve trucks passed.")
    assert not any(one.clash for one in found)


def test_a_figure_of_one_side_alone_is_a_softer_difference() -> None:
    (found,) = find(number.find, "Arden pledged 40 trucks.", "Arden pledged trucks.")
    assert not found.clash
    assert texts(found.a) == ["40 trucks"]
    assert found.b == ()


def test_without_figures_there_is_nothing() -> None:
    assert find(number.find, "The two leaders spoke.", "The presidents talked.") == []
