"""Invented sentences of readouts, of the lengths that readouts have: composed, so that any number can be had."""

from __future__ import annotations

import csv
import gzip
import random
from pathlib import Path

from claims.analysis.sentences import split_sentences

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
    "the ferry between Hest and the islands, closed since the storm",
    "a memorial for the soldiers of the old war near Arn",
    "the price of wheat and the subsidies for {n} farms",
    "school books in the language of the minority",
    "the ban on felling in the forests of the upper Tolm",
    "an extradition treaty and the case of the banker Vesk",
    "the launch of a common weather satellite",
    "the poaching of sturgeon and the patrols that watch for it",
    "pensions of {n} thousand former railwaymen",
    "the opera house that both cities are restoring together",
    "drones seen over the reactor at Kelm",
    "the law on foreign agents and its critics",
    "a football championship that the two countries want to hold",
    "the quarantine of cattle at the southern crossing",
    "mine clearance on {n} hectares of fields",
    "the currency union and its timetable",
    "the rights of seasonal workers in the orchards",
    "an archive of letters found in a monastery cellar",
    "the tunnel under the Orr pass and who is to pay for it",
    "smuggling of amber and cigarettes",
    "the blockade of the port of Sella by fishermen",
    "a hospital train for the flooded valleys",
    "the recall of {n} faulty turbines",
    "the seat of the new arbitration court",
    "exercises of the northern fleet and their announcement",
    "the ownership of the wreck of the Merle",
    "radio frequencies along the border",
    "a prize for young mathematicians",
    "rare earths from the mines of Vesk",
    "the cost of housing {n} families after the earthquake",
    "the timetable of night trains",
    "an apology for the events of the winter uprising",
    "insurance for tankers in the straits",
    "the vote in the world assembly on deep sea mining",
    "the fate of the observatory on Mount Kel",
    "a common list of banned fertilisers",
    "the water rights of the nomads in the east",
    "the return of the ambassador, who was recalled in spring",
    "textile quotas and the closing of {n} mills",
    "the trial of the editor of the Tolm Gazette",
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


def sentences_of(table: Path, *, seed: int = 1) -> list[str]:
    """Return the different sentences of real texts, shuffled: the column ``body`` of a gzipped CSV table."""
    csv.field_size_limit(2**31 - 1)
    with gzip.open(table, "rt", encoding="utf-8") as lines:
        bodies = [row["body"] for row in csv.DictReader(lines)]
    found = dict.fromkeys(span.of(body) for body in bodies for span in split_sentences(body))
    kept = [sentence for sentence in found if 40 < len(sentence) < 600]
    random.Random(seed).shuffle(kept)  # noqa: S311
    return kept
