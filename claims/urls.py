"""The pages' addresses, grouped by object. A view's name is its address's name and its template's name."""

from __future__ import annotations

from django.urls import URLPattern, path

from claims.views import comparison

urlpatterns: list[URLPattern] = [
    path("comparisons/<int:pk>/nearest/<int:claim>/", comparison.nearest, name="nearest"),
    # Last of those that begin with an event: any two words after its slug are read as two sources.
    path("events/<slug:slug>/<slug:a>/<slug:b>/", comparison.comparison, name="comparison"),
]
