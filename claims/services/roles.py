"""Roles: what readers, reviewers and editors may do, as groups of django.contrib.auth."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, Permission

from claims.models import Event, Viewer

READER = "reader"
REVIEWER = "reviewer"
EDITOR = "editor"

_READS = (
    "event",
    "article",
    "claim",
    "comparison",
    "pair",
    "review",
    "annotation",
    "calibration",
    "fix",
    "report",
    "party",
)
_REVIEWS = (
    "add_review",
    "change_review",
    "delete_review",
    "add_annotation",
    "change_annotation",
    "add_reply",
    "add_fix",
    "view_agreement",
)
_EDITS = (
    "add_event",
    "change_event",
    "add_source",
    "change_source",
    "add_article",
    "change_article",
    "add_correction",
    "add_calibration",
    "change_report",
    "view_publiclink",
    "add_publiclink",
    "change_publiclink",
    "add_adjudication",
    "add_assignment",
    "delete_assignment",
    "edit_any_annotation",
    "view_webhook",
    "add_webhook",
    "change_webhook",
    "add_party",
    "change_party",
    "change_person",
    "view_feed",
    "change_feed",
)

PERMISSIONS: dict[str, tuple[str, ...]] = {
    READER: tuple(f"view_{noun}" for noun in _READS),
    REVIEWER: tuple(f"view_{noun}" for noun in _READS) + _REVIEWS,
    EDITOR: tuple(f"view_{noun}" for noun in _READS) + _REVIEWS + _EDITS,
}


def ensure_roles(**_: Any) -> None:
    """Make the three groups and give them at least their permissions; what an administrator added stays."""
    for name, codenames in PERMISSIONS.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(content_type__app_label="claims", codename__in=codenames))


def viewer_for(user: AbstractBaseUser | AnonymousUser) -> Viewer:
    """Return somebody as who looks; those who adjudicate see what a blind event hides from others."""
    if user.has_perm("claims.add_adjudication"):  # type: ignore[union-attr]
        return Viewer(user.pk, sees_all=True)
    known: bool | None = getattr(user, "any_blind", None)  # as ``Accounts`` reads who is logged in
    return Viewer(user.pk, False, Event.objects.filter(blind=True).exists() if known is None else known)
