"""Where each address leads; the pages themselves are in ``claims.urls``."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("claims.urls")),
]

handler400 = "claims.views.problems.bad_request"
