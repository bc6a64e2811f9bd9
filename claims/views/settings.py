"""The settings page: which encoder and judge are in use, what each does, and what leaves this machine."""

from __future__ import annotations

from typing import Any

from django.conf import settings as configured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.models import Webhook
from claims.services.judge_settings import caps, is_encrypted, is_this_machine, name_of_model, server_host
from claims.views.access import open_to_readers


@open_to_readers
@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    """Show the settings that matter to who reads and reviews. A key is never handed to the template."""
    choice = configured.CROSSREAD_JUDGE
    context = {
        "encoder": name_of_model(configured.CROSSREAD_MODEL),
        "judge": choice,
        "judge_model": name_of_model(configured.CROSSREAD_JUDGE_MODEL),
        "server": _server() if choice == "remote" else None,
        "webhooks": Webhook.objects.filter(off_at__isnull=True).exists(),
    }
    return render(request, "claims/settings.html", context)


def _server() -> dict[str, Any]:
    return {
        "host": server_host(),
        "encrypted": is_encrypted(),
        "here": is_this_machine(),
        "with_key": bool(configured.CROSSREAD_JUDGE_KEY),
        "caps": caps(),
    }
