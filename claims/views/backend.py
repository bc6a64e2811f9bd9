"""How a logged-in person is brought: with their wishes, which every page needs."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser


class WithPreference(ModelBackend):
    """Name and password, as Django has it. The one query for the person brings their preference along."""

    def get_user(self, user_id: int) -> AbstractBaseUser | None:  # type: ignore[override]
        """Return an active person by their id."""
        people = get_user_model()._default_manager.select_related("preference")
        user = people.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
