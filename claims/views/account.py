"""Logging in and out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpResponse

from claims.services.demo import DEMO_USERS


class Login(views.LoginView):
    """The login page; in the demo it shows the demo's accounts."""

    redirect_authenticated_user = True

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Answer a refused login as every refused form: 422, with what was typed (but not the password)."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo's accounts, where this is the demo."""
        accounts = DEMO_USERS if settings.DEMO else ()
        return super().get_context_data(demo_users=accounts, **kwargs)


login = login_not_required(Login.as_view())
# Whoever is logged out already (in another tab) is not sent to log in only to log out.
logout = login_not_required(views.LogoutView.as_view())
