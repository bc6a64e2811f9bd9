"""The demo's accounts: one for each role, on a machine of one's own."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from claims.services.roles import EDITOR, READER, REVIEWER


@dataclass(frozen=True, slots=True)
class DemoUser:
    """An account of the demo; its password is no secret, since the demo listens on this machine alone."""

    name: str
    password: str
    role: str
    admin: bool = False


DEMO_USERS = (
    DemoUser("editor", "crossread-demo", EDITOR, admin=True),
    DemoUser("reviewer", "crossread-demo", REVIEWER),
    DemoUser("reader", "crossread-demo", READER),
)


@transaction.atomic
def ensure_demo_users() -> tuple[DemoUser, ...]:
    """Make the demo's accounts where they are missing, and leave those that exist as they are."""
    users = get_user_model().objects
    for demo in DEMO_USERS:
        if users.filter(username=demo.name).exists():
            continue
        user = users.create_user(demo.name, password=demo.password, is_staff=demo.admin, is_superuser=demo.admin)
        user.groups.add(Group.objects.get(name=demo.role))
    return DEMO_USERS
