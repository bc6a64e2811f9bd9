"""Invented sentences of readouts, of the lengths that readouts have: composed, so that any number can be had."""

from __future__ import annotations

import random

_WHO = [
    *("The President", "The Foreign Minister", "The two leaders", "The delegation of Marovia", "The Prime Minister"),
    *("The envoy", "Both sides", "The head of the agency", "His counterpart", "The Tolmark side", "The Chancellor"),
]
_DID = [
    *("stressed", "noted", "reaffirmed", "asked for", "welcomed", "rejected", "discussed in detail", "proposed"),
    *("drew attention to", "called for", "raised", "thanked his partner for", "warned against", "declined to rule out"),
]
_WHAT = [
    "an early ceasefire along the northern line",
    "the release of {n} detained sailors",
    "a further round of talks in {n} days",
    "the reopening of the grain terminal at Port Sella",
    "trade worth {n} million crowns a year",
    "the safety of the Tolm power station",
    "visas for students and scientists",
    "the shelling of the village of Arn on the night of the {n}th sitting",
    "a loan of {n} million for the railway over the pass",
    "the fishing quota in the Gulf of Hest",
    "inspections of {n} chemical sites by the international agency",
    "direct flights between the two capitals",
    "the investigation of the attack on the embassy",
    "the return of {n} paintings to the museum of Kelm",
    "deliveries of gas through the southern pipeline next winter",
    "the joint commission on water and the level of the Lake of Orr",
    "new sanctions on {n} banks and shipping companies",
    "the election observers' report",
    "vaccines for {n} thousand refugees in the border camps",
    "the demarcation of the frontier near the monastery",
    "cyberattacks on hospitals and the exchange of experts",
    "the death of {n} miners, for which he expressed condolences",
]
_ENDS = [
    *(".", ".", " and agreed to stay in contact."),
    ", while recalling that the position of his country had not changed.",
    ", which in his words leaves little time for the parliaments to act.",
    " after a conversation that lasted {n} minutes, and instructed the ministries to prepare proposals.",
    " before the summit in the autumn, as had been settled in the telephone conversation of last month, and left the "
    "details to the ministers of energy and of finance.",
]


def sentences(count: int, *, seed: int = 1) -> list[str]:
    """Return that many different sentences, of 6 to 50 words; the same ones for the same seed."""
    rng = random.Random(seed)  # noqa: S311
    found: dict[str, None] = {}
    while len(found) < count:
        parts = [rng.choice(kind) for kind in (_WHO, _DID, _WHAT)]
        found[" ".join(parts).format(n=rng.randint(2, 999)) + rng.choice(_ENDS).format(n=rng.randint(2, 999))] = None
    return list(found)
