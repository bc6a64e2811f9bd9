"""Work out how far reviewers agree, and store it: the worker and a command do, the page only reads.

This module is imported by the web process, so what needs numpy is imported where it is used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.db import transaction
from django_tasks import task

from claims.models import Agreement, Kappa, Review

Said = dict[int, dict[int, str]]


def request_agreement() -> None:
    """Have the worker work the figures out anew."""
    work_out_agreement.enqueue()


@task()
def work_out_agreement() -> None:
    """Work the figures out and store them (the worker's task)."""
    measure_agreement()


def measure_agreement() -> list[Agreement]:
    """Work out the figures of every event that several people reviewed and of all together, in place of the old ones.

    Counted are the verdicts that stand, on pairs that are still proposed. Final verdicts are left out: they are made
    with the reviewers' own in sight.
    """
    events: Mapping[int, Said] = defaultdict(lambda: defaultdict(dict))
    everything: Said = defaultdict(dict)
    rows = Review.objects.filter(pair__withdrawn=False).order_by("pk")
    for event, pair, person, decision in rows.values_list("pair__comparison__event", "pair", "reviewer", "decision"):
        events[event][pair][person] = decision
        everything[pair][person] = decision
    several = {event: said for event, said in events.items() if any(len(one) > 1 for one in said.values())}
    made = [_measure(None, everything), *(_measure(event, said) for event, said in sorted(several.items()))]
    with transaction.atomic():
        Agreement.objects.all().delete()
        for agreement, kappas in made:
            agreement.save()
            for kappa in kappas:
                kappa.agreement = agreement
            Kappa.objects.bulk_create(kappas)
    return [agreement for agreement, _ in made]


def decisions_since(agreement: Agreement) -> int:
    """Return how many decisions were made, or made anew, after the figures."""
    return Review.objects.filter(made_at__gt=agreement.made_at).count()


def _measure(event_id: int | None, said: Said) -> tuple[Agreement, list[Kappa]]:
    from claims.analysis.agreement import of_all, of_twos, shared_pairs

    alpha = of_all(said)
    agreement = Agreement(
        event_id=event_id,
        pairs=shared_pairs(said),
        reviews=sum(len(verdicts) for verdicts in said.values()),
        value=alpha.value,
        low=alpha.low,
        high=alpha.high,
        refusal=alpha.refusal,
    )
    kappas = [
        Kappa(
            a_id=two.a,
            b_id=two.b,
            pairs=two.pairs,
            same=two.same,
            value=two.kappa.value,
            low=two.kappa.low,
            high=two.kappa.high,
            refusal=two.kappa.refusal,
        )
        for two in of_twos(said)
    ]
    return agreement, kappas
