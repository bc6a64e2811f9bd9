"""Learn from people's decisions: fit how scores are read, show what that would change, put it to use, go back.

The web process imports this module: nothing here needs numpy or a model.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext, gettext_noop

from claims.analysis.calibration import LEAST_DECISIONS, Decided, Fit, Scale, fit, shipped
from claims.analysis.judges import Choice
from claims.models import Calibration, Comparison, Pair
from claims.models.pair import PairQuerySet
from claims.services.refusals import Refused

MOST_SHOWN = 20
_CLOSE = 1e-9  # a score that a line was drawn at is not to fall below it by a last bit
_TOO_FEW = gettext_noop("{missing} more decisions are needed: {have} pairs are decided, and it takes {least}.")
_STALE = gettext_noop(
    "Decisions have come in since this was shown. Nothing was changed: look at the new figures, and apply those."
)


@dataclass(frozen=True, slots=True)
class Effect:
    """What would change for some pairs, in how many comparisons, and the first of them."""

    what: str
    pairs: int
    comparisons: int
    first: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the decisions say now. ``fit`` is empty while there are too few of them."""

    model: str
    decisions: int
    standing: Scale
    fit: Fit | None
    effects: tuple[Effect, ...] = ()

    @property
    def missing(self) -> int:
        """Return how many decisions are missing before anything is fitted."""
        return max(0, LEAST_DECISIONS - self.decisions)

    @property
    def is_in_use(self) -> bool:
        """Tell whether scores are read so already."""
        return self.fit is not None and self.fit.scale == self.standing

    @property
    def refusal(self) -> str:
        """Say how many are missing."""
        return gettext(_TOO_FEW).format(missing=self.missing, have=self.decisions, least=LEAST_DECISIONS)

    @property
    def mark(self) -> str:
        """Return what changes with every figure that is shown; whoever applies sends back what they saw."""
        return f"{self.model} {self.fit.decisions} {self.fit.right} {self.fit.scale}" if self.fit else ""


def propose() -> Proposal:
    """Fit the decisions on what the latest encoder matched, and say what applying the fit would change."""
    model = _latest_model()
    decided = [Decided(score, right) for score, right in Pair.objects.filter(comparison__model=model).decided()]
    standing = scale_of(model)
    if len(decided) < LEAST_DECISIONS:
        return Proposal(model, len(decided), standing, None)
    fitted = fit(decided, shipped_scale())
    return Proposal(model, len(decided), standing, fitted, effects_of(fitted.scale, model))


def effects_of(scale: Scale, model: str) -> tuple[Effect, ...]:
    """Return what reading scores by a scale would change of the pairs that stand."""
    pairs = Pair.objects.standing().filter(comparison__model=model)
    sure, suggested = _cut(scale, scale.sure), _cut(scale, scale.suggested)
    return (
        _effect(gettext("become sure"), pairs.filter(sure=False, score__gte=sure)),
        _effect(gettext("are no longer sure"), pairs.filter(sure=True, score__lt=sure)),
        _effect(gettext("fall below suggested"), pairs.filter(score__lt=suggested, outcome="", annotations=None)),
    )


@transaction.atomic
def apply(by: AbstractBaseUser | None, *, seen: str | None = None) -> Calibration:
    """Put to use what the decisions say now, and rate the stored pairs by it.

    Args:
        seen: the mark of the proposal that was shown; None to apply whatever comes out.

    Raises:
        Refused: if there are too few decisions, or others than were shown.
    """
    proposal = propose()
    if proposal.fit is None:
        raise Refused({"": proposal.refusal})
    if seen is not None and seen != proposal.mark:
        raise Refused({"": gettext(_STALE)})
    scale = proposal.fit.scale
    Calibration.objects.filter(in_use=True).update(in_use=False)
    made = Calibration.objects.create(
        by_id=by.pk if by else None,
        model=proposal.model,
        decisions=proposal.decisions,
        intercept=scale.intercept,
        slope=scale.slope,
        suggested=scale.suggested,
        sure=scale.sure,
        in_use=True,
    )
    _rate(scale, proposal.model)
    return made


@transaction.atomic
def go_back(to: Calibration | None) -> None:
    """Put an earlier calibration to use again, or (None) what comes along, and rate the stored pairs by it.

    What comes along rates a pair of several claims by its weakest link, which is not stored: until the next matching
    such a pair is rated by its score.
    """
    left = Calibration.objects.filter(in_use=True).first()
    Calibration.objects.filter(in_use=True).update(in_use=False)
    if left is not None:
        _rate(shipped_scale(), left.model)
    if to is not None:
        Calibration.objects.filter(pk=to.pk).update(in_use=True)
        _rate(as_scale(to), to.model)


def scale_in_use(model: str) -> Scale | None:
    """Return how this encoder's scores are read here, or None where they are read as they come."""
    found = Calibration.objects.filter(in_use=True, model=model).first()
    return as_scale(found) if found else None


def scale_of(model: str) -> Scale:
    """Return how this encoder's scores are read now, by a calibration or as they come."""
    return scale_in_use(model) or shipped_scale()


def shipped_scale() -> Scale:
    """Return how scores are read before anything was learnt here."""
    return shipped("plain" if settings.CROSSREAD_JUDGE == Choice.RULES else "read")


def as_scale(calibration: Calibration) -> Scale:
    """Return a stored calibration as the analysis reads it."""
    return Scale(calibration.intercept, calibration.slope, calibration.suggested, calibration.sure)


def _latest_model() -> str:
    matched = Comparison.objects.exclude(matched_at=None).order_by("-matched_at", "-pk")
    return matched.values_list("model", flat=True).first() or ""


def _cut(scale: Scale, chance: float) -> float:
    return scale.score_at(chance) - _CLOSE


def _effect(what: str, pairs: PairQuerySet) -> Effect:
    counted = pairs.aggregate(pairs=Count("pk", distinct=True), comparisons=Count("comparison", distinct=True))
    first = pairs.select_related("comparison__event", "comparison__a", "comparison__b").order_by("-score", "pk")
    return Effect(what, counted["pairs"], counted["comparisons"], tuple(first[:MOST_SHOWN]))


def _rate(scale: Scale, model: str) -> None:
    """Write which stored pairs are sure by a scale; nothing else of them is touched."""
    sure = _cut(scale, scale.sure)
    pairs = Pair.objects.filter(comparison__model=model)
    pairs.filter(sure=False, score__gte=sure).update(sure=True)
    pairs.filter(sure=True, score__lt=sure).update(sure=False)
