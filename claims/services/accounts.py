"""Who is logged in, read in few queries: every page asks for the person, their wishes, permissions, unread notices."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.db.models import Exists, F, Model, Q

from claims.models import Event, Notice


class Accounts(ModelBackend):
    """Django's accounts and passwords; what a person may do comes in one query instead of two."""

    def get_user(self, user_id: Any) -> User | None:
        """Return an active person with their wishes, or None.

        Added are ``unread``, how many notices they have not read, and ``any_blind``, whether any event is blind.
        """
        people = User.objects.select_related("preference")
        blind = Exists(Event.objects.filter(blind=True))
        found = people.annotate(unread=Notice.objects.unread_count("pk"), any_blind=blind).filter(pk=user_id).first()
        return found if found is not None and self.user_can_authenticate(found) else None

    def get_all_permissions(self, user_obj: AbstractBaseUser | AnonymousUser, obj: Model | None = None) -> set[str]:
        """Return the person's own permissions and their groups', as "claims.add_review"; none for single objects."""
        if not isinstance(user_obj, User) or not user_obj.is_active or obj is not None:
            return set()
        kept = vars(user_obj)
        if "_perm_cache" not in kept:  # the name under which Django keeps them
            kept["_perm_cache"] = set(_permissions_of(user_obj))
        permissions: set[str] = kept["_perm_cache"]
        return permissions


def _permissions_of(user: User) -> list[str]:
    allowed = Permission.objects.order_by()
    if not user.is_superuser:
        allowed = allowed.filter(Q(user=user) | Q(group__user=user)).distinct()
    return [f"{app}.{name}" for app, name in allowed.values_list(F("content_type__app_label"), "codename")]
