"""The pages' addresses, grouped by object. A view's name is its address's name and its template's name."""

from __future__ import annotations

from django.urls import path

urlpatterns: list = []
