"""What a JSON file tells, read value by value: what is missing or of the wrong kind is refused with its place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NoReturn

from claims.services.refusals import Refused

Place = tuple[str, int, int, int]  # article, start, end, and of a past claim the version that it stood in last, or 0
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def _is_place(value: object) -> bool:
    """Tell whether a value can count characters or rows; databases hold no larger number."""
    return type(value) is int and 0 <= value < 2**31


@dataclass(frozen=True, slots=True)
class Told:
    """An object of the file, and where it stands: ``events[0].claims[3]``."""

    data: dict[str, Any]
    place: str

    def text(self, key: str) -> str:
        """Return a text, which may be empty."""
        told = str(self._of(key, str, "a text"))
        return self._refuse(key, "a text of characters that texts have") if _NO_TEXT.search(told) else told

    def word(self, key: str, known: Collection[str]) -> str:
        """Return one of the words that are known."""
        told = self.text(key)
        return told if told in known else self._refuse(key, f"one of {', '.join(filter(None, known))}")

    def text_or_none(self, key: str) -> str | None:
        """Return a text, or None for null."""
        return None if self._value(key) is None else self.text(key)

    def whole(self, key: str) -> int:
        """Return a whole number from 0."""
        value = self._of(key, int, "a whole number")
        return int(value) if _is_place(value) else self._refuse(key, "a whole number from 0")

    def share(self, key: str) -> float:
        """Return a number from 0 to 1."""
        value = self._of(key, (int, float), "a number from 0 to 1")
        return float(value) if 0 <= value <= 1 else self._refuse(key, "a number from 0 to 1")

    def share_or_none(self, key: str) -> float | None:
        """Return a number from 0 to 1, or None for null."""
        return None if self._value(key) is None else self.share(key)

    def tells(self, key: str) -> bool:
        """Tell whether there is a value, in a file that may be older than the key."""
        return self.data.get(key) is not None

    def is_null(self, key: str) -> bool:
        """Tell whether a value is null."""
        return self._value(key) is None

    def whole_or_none(self, key: str) -> int | None:
        """Return a whole number from 0, or None for null."""
        return None if self._value(key) is None else self.whole(key)

    def claim_or_none(self, key: str) -> Place | None:
        """Return what a claim is known by, or None for null."""
        return None if self._value(key) is None else self.claim(key)

    def flag(self, key: str) -> bool:
        """Return true or false."""
        return bool(self._of(key, bool, "true or false"))

    def texts(self, key: str) -> list[str]:
        """Return a list of texts."""
        values: list[str] = self._of(key, list, "a list of texts")
        return values if all(isinstance(one, str) for one in values) else self._refuse(key, "a list of texts")

    def two_texts(self, key: str) -> tuple[str, str]:
        """Return two texts: the slugs of a comparison's sources."""
        values = self.texts(key)
        return (values[0], values[1]) if len(values) == 2 else self._refuse(key, "a list of two texts")

    def moment(self, key: str) -> dt.datetime | None:
        """Return a moment with its time zone, or None for null."""
        told = self.text_or_none(key)
        try:
            found = None if told is None else dt.datetime.fromisoformat(told)
        except ValueError:
            found = dt.datetime.min  # noqa: DTZ901 - refused below, as every moment without a time zone
        if found is not None and found.tzinfo is None:
            self._refuse(key, "a moment such as 2026-01-31T12:00:00.000000+00:00")
        return found

    def known_moment(self, key: str) -> dt.datetime:
        """Return a moment with its time zone, where there has to be one."""
        return self.moment(key) or self.refuse(f"“{key}” is to be a moment, and is null.")

    def day(self, key: str) -> dt.date | None:
        """Return a date, or None for null."""
        told = self.text_or_none(key)
        try:
            return None if told is None else dt.date.fromisoformat(told)
        except ValueError:
            self._refuse(key, "a date such as 2026-01-31")

    def span(self, key: str) -> tuple[int, int] | None:
        """Return a start and an end, or None for null."""
        value = self._value(key)
        return None if value is None else self._span(key, value)

    def spans(self, key: str) -> list[list[int]]:
        """Return a list of starts with their ends."""
        return [list(self._span(key, one)) for one in self._of(key, list, "a list of offsets")]

    def claim(self, key: str) -> Place:
        """Return what a claim is known by: its article's name, its start, its end, and its past version or 0."""
        return self._place(key, self._of(key, list, "a claim"))

    def claims(self, key: str) -> list[Place]:
        """Return what several claims are known by; none where nothing is told."""
        return [self._place(key, one) for one in self._of(key, list, "a list of claims")] if key in self.data else []

    def inner(self, key: str) -> Told | None:
        """Return an object inside this one, or None for null."""
        value = self._value(key)
        if value is None:
            return None
        return Told(self._of(key, dict, "an object"), f"{self.place}.{key}")

    def each_if_told(self, key: str) -> list[Told]:
        """Return the objects of a list; none where nothing is told, as in files of before there was such a list."""
        return self.each(key) if key in self.data else []

    def each(self, key: str) -> list[Told]:
        """Return the objects of a list."""
        values = self._of(key, list, "a list of objects")
        if not all(isinstance(one, dict) for one in values):
            self._refuse(key, "a list of objects")
        return [Told(one, f"{self.place}.{key}[{place}]".lstrip(".")) for place, one in enumerate(values)]

    def refuse(self, problem: str) -> NoReturn:
        """Refuse this object for what is wrong with it."""
        raise Refused({"": f"{self.place or 'The file'}: {problem}"})

    def _value(self, key: str) -> Any:
        if key not in self.data:
            self.refuse(f"“{key}” is missing. docs/formats.md says what belongs there.")
        return self.data[key]

    def _of(self, key: str, kind: type | tuple[type, ...], what: str) -> Any:
        value = self._value(key)
        return value if isinstance(value, kind) else self._refuse(key, what)

    def _place(self, key: str, value: Any) -> Place:
        if not isinstance(value, list) or len(value) not in (3, 4) or not isinstance(value[0], str):
            self._refuse(key, 'a claim such as ["readout.txt", 0, 40]')
        version = value[3] if len(value) == 4 else 0
        start, end = self._span(key, value[1:3])
        return (value[0], start, end, version) if _is_place(version) else self._refuse(key, "a claim of a version")

    def _span(self, key: str, value: Any) -> tuple[int, int]:
        whole = isinstance(value, list) and len(value) == 2 and all(map(_is_place, value))
        return (value[0], value[1]) if whole else self._refuse(key, "two offsets, the first before the second")

    def _refuse(self, key: str, what: str) -> NoReturn:
        self.refuse(f"“{key}” is to be {what}, and is not. docs/formats.md describes the format.")
