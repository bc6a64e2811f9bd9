"""A judge behind an OpenAI-compatible server, one's own or another's.

It is asked for several pairs at once and for an answer in a fixed form, within caps of time, requests and tokens; what
it answered once is kept where there is a store, and costs nothing again. Wherever no answer comes, or one that does not
hold, the fallback judges, and a notice says so.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from ..judging import Judge, Opinion, Texts
from .answers import read_answer
from .asking import REPLY_TOKENS_A_PAIR, RESPONSE_FORMAT, messages_for
from .keeping import AnswerStore, key_of
from .server import Answer, OptionRefused, Server, Unanswered
from .spending import Caps, Spending, estimated_tokens

_PAIRS_A_REQUEST = 5
_PATIENCE = 3  # failed requests one after another, after which a run asks no more

_FELL_BACK = "{count} {pairs} judged by {fallback} instead of {name}: {why}."
_DROPPED = "{count} {citation} of {name} {was} dropped: {its} words do not stand in the text."


class RemoteJudge:
    """Asks a language model on a server; texts leave this machine, and nothing else does.

    Args:
        url: the endpoint, or the address to which ``/chat/completions`` is added.
        key: sent as a bearer token to that address alone.
        fallback: judges what the server does not.
        store: keeps what the server answered; without one every pair is asked anew.
    """

    english_only = False

    def __init__(
        self,
        *,
        url: str,
        model: str,
        fallback: Judge,
        key: str = "",
        caps: Caps | None = None,
        store: AnswerStore | None = None,
    ) -> None:
        self._server = Server(url, key=key)
        self._model = model
        self._caps = caps or Caps()
        self._fallback = fallback
        self._store = store
        self.name = f"{model} at {self._server.host}"
        self.begin_run()

    def begin_run(self, *, beat: Callable[[], None] | None = None) -> None:
        """Count spending from nothing, forget the notices, and ask again a server that was given up."""
        self._beat = beat or (lambda: None)
        self._spent = Spending()
        self._fallen: Counter[str] = Counter()
        self._dropped = 0
        self._failures = 0
        self._given_up = ""

    @property
    def spent(self) -> Spending:
        """Return what the run has taken so far."""
        return replace(self._spent)

    @property
    def notices(self) -> list[str]:
        """Return, in sentences, what of the run was judged by the fallback and why."""
        found = [self._notice(why, count) for why, count in self._fallen.most_common()]
        if self._dropped:
            citation, was, its = ("citation", "was", "its") if self._dropped == 1 else ("citations", "were", "their")
            found.append(_DROPPED.format(count=self._dropped, citation=citation, name=self.name, was=was, its=its))
        return found

    def opinions(self, pairs: Sequence[Texts]) -> list[Opinion]:
        """Return an opinion on each pair of texts, each with the name of the judge that gave it."""
        ends = time.monotonic() + self._caps.seconds
        # Whichever side comes first, the model is shown the same.
        shown = [min(pair, pair[::-1]) for pair in pairs]
        said = self._kept(shown)
        for batch in _batches(shown, known=said.keys()):
            said |= self._asked(batch, ends)
        found = {
            place: replace(opinion if shown[place] == pairs[place] else opinion.turned(), by=self.name)
            for place, opinion in said.items()
        }
        missing = [place for place in range(len(pairs)) if place not in found]
        for place, opinion in zip(missing, self._fallback.opinions([pairs[place] for place in missing]), strict=True):
            found[place] = replace(opinion, by=self._fallback.name)
        return [found[place] for place in range(len(pairs))]

    def _key(self, texts: Texts) -> str:
        return key_of(self._server.address, self._model, texts)

    def _kept(self, shown: Sequence[Texts]) -> dict[int, Opinion]:
        """Return the opinions that answers of earlier give, by the pair's number; those that no longer hold are not."""
        if self._store is None:
            return {}
        keys = list(map(self._key, shown))
        known = self._store.get_many(keys)
        kept = {number: known[key] for number, key in enumerate(keys) if key in known}
        answer = json.dumps({"verdicts": [told | {"item": number} for number, told in kept.items()]})
        read = read_answer(answer, {number: shown[number] for number in kept})
        self._dropped += read.dropped
        return read.opinions

    def _asked(self, shown: Mapping[int, Texts], ends: float) -> dict[int, Opinion]:
        """Return the opinions that the server gave, by the pair's number; those that it did not are noted."""
        try:
            answer = self._answer(shown, ends)
        except Unanswered as why:
            self._fallen[str(why)] += len(shown)
            return {}
        read = read_answer(answer.content, shown)
        if read.opinions:
            self._failures = 0
        else:
            self._failed(next(iter(read.refused.values())))
        self._fallen.update(read.refused.values())
        self._dropped += read.dropped
        if self._store is not None and read.told:
            self._store.put_many(self.name, {self._key(shown[number]): told for number, told in read.told.items()})
        return read.opinions

    def _answer(self, texts: Mapping[int, Texts], ends: float) -> Answer:
        """Ask the server, and write down what it cost.

        Raises:
            Unanswered: if there is no answer, or the server may not or need not be asked.
        """
        while True:
            try:
                return self._request(texts, ends)
            except OptionRefused:
                continue
            finally:
                self._beat()

    def _request(self, texts: Mapping[int, Texts], ends: float) -> Answer:
        messages = messages_for(texts)
        most = REPLY_TOKENS_A_PAIR * len(texts)
        expected = most + sum(estimated_tokens(message["content"]) for message in messages)
        seconds = self._seconds_left(ends, expected)
        self._spent.requests += 1
        try:
            answer = self._server.ask(
                model=self._model,
                messages=messages,
                response_format=RESPONSE_FORMAT,
                most_tokens=most,
                seconds=seconds,
            )
        except Unanswered as why:
            self._spent.tokens += expected if why.charged else 0
            self._failed(str(why), final=why.final)
            raise
        self._spent.tokens += expected if answer.tokens is None else answer.tokens
        return answer

    def _seconds_left(self, ends: float, tokens: int) -> float:
        """Return how long the next request may take.

        Raises:
            Unanswered: if there must be none.
        """
        if self._given_up:
            raise Unanswered(self._given_up)
        if over := self._spent.over(self._caps, tokens=tokens):
            raise Unanswered(over)
        left = ends - time.monotonic()
        if left <= 0:
            raise Unanswered(f"the {self._caps.seconds:g} seconds that one comparison may take were over")
        return min(left, self._caps.request_seconds)

    def _failed(self, why: str, *, final: bool = False) -> None:
        self._failures += 1
        if final or self._failures >= _PATIENCE:
            self._given_up = why

    def _notice(self, why: str, count: int) -> str:
        pairs = "pair was" if count == 1 else "pairs were"
        return _FELL_BACK.format(count=count, pairs=pairs, fallback=self._fallback.name, name=self.name, why=why)


def _batches(pairs: Sequence[Texts], *, known: Collection[int]) -> Iterator[dict[int, Texts]]:
    """Yield a few pairs at a time, by their place in the sequence; those whose opinion is known are left out."""
    open_ones = [place for place in range(len(pairs)) if place not in known]
    for first in range(0, len(open_ones), _PAIRS_A_REQUEST):
        yield {place: pairs[place] for place in open_ones[first : first + _PAIRS_A_REQUEST]}
