"""The single keys: what each does, which one it came with, and a person's own.

One table for the buttons, the sheet of keys and the page where people change them. WCAG 2.1.4 asks that single keys can
be changed or switched off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext, gettext_lazy

from claims.models import Preference
from claims.services.refusals import Refused


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a key does: its name in templates, the key that it came with, and what it does in words."""

    name: str
    key: str
    does: object  # a lazy text


ACTS = (
    Act("next", "j", gettext_lazy("next pair or page")),
    Act("previous", "k", gettext_lazy("previous pair or page")),
    Act("agree", "a", gettext_lazy("agree, and go on")),
    Act("partial", "p", gettext_lazy("partial, and go on")),
    Act("diverge", "d", gettext_lazy("diverge, and go on")),
    Act("no_match", "n", gettext_lazy("not a match, and go on")),
    Act("undo", "u", gettext_lazy("undo what you did last")),
    Act("first", "f", gettext_lazy("the first undecided pair of the queue")),
    Act("annotate", "m", gettext_lazy("annotate the pair, or the words you have selected")),
    Act("join", "g", gettext_lazy("make a pair of the ticked claims")),
    Act("search", "/", gettext_lazy("search all claims")),
    Act("sheet", "?", gettext_lazy("this list")),
)
CAME_WITH: dict[str, str] = {act.name: act.key for act in ACTS}

# What browsers do with a single key themselves: scroll by the space bar, and Firefox looks for a link by an apostrophe.
_OF_THE_BROWSER = (" ", "'")


@dataclass(frozen=True, slots=True)
class Keys:
    """A person's keys by act, and whether single keys do anything at all."""

    by_act: Mapping[str, str]
    on: bool = True


def keys_of(preference: Preference | None) -> Keys:
    """Return a person's keys: those that they chose, and for the rest those that came along."""
    if preference is None:
        return Keys(CAME_WITH)
    chosen = {name: key for name, key in preference.keys.items() if name in CAME_WITH}
    return Keys(CAME_WITH | chosen, preference.single_keys)


def choose_keys(user: AbstractBaseUser, typed: Mapping[str, str], *, on: bool) -> Preference:
    """Give a person the keys that they typed; an empty one goes back to what it came with.

    Raises:
        Refused: if a key is none, is the browser's, or stands twice. Nothing is changed then.
    """
    wanted = {name: typed.get(name, "").strip() or key for name, key in CAME_WITH.items()}
    problems = {name: problem for name, key in wanted.items() if (problem := _problem(key))}
    problems |= {name: problem for name, problem in _twice(wanted).items() if name not in problems}
    if problems:
        raise Refused(problems)
    own = {name: key for name, key in wanted.items() if key != CAME_WITH[name]}
    return _store(user, keys=own, single_keys=on)


def keys_as_they_came(user: AbstractBaseUser) -> Preference:
    """Take all keys of one's own back."""
    return _store(user, keys={}, single_keys=True)


def _problem(key: str) -> str:
    """Return what is wrong with a key, or ""."""
    if key in _OF_THE_BROWSER:
        return gettext("The browser needs this key itself. Choose a letter or another sign.")
    if len(key) != 1 or not key.isprintable():
        return gettext("“%(key)s” is not one single key. Type one letter or sign; combinations are the browser’s.") % {
            "key": key
        }
    if key.isdigit():
        return gettext("The digits stand for the reasons of a pair. Choose a letter or another sign.")
    return ""


def _twice(wanted: Mapping[str, str]) -> dict[str, str]:
    """Return a sentence for each act whose key another act has too."""
    does = {act.name: act.does for act in ACTS}
    problems = {}
    for name, key in wanted.items():
        other = next((one for one, its in wanted.items() if its == key and one != name), None)
        if other is not None:
            problems[name] = gettext("“%(key)s” stands for “%(does)s” too. Give one of them another key.") % {
                "key": key,
                "does": does[other],
            }
    return problems


def _store(user: AbstractBaseUser, **values: object) -> Preference:
    preference, _made = Preference.objects.update_or_create(user_id=user.pk, defaults=values)
    return preference
