"""The API's addresses, for whoever asks the first of them."""

from __future__ import annotations

from claims.api.root import addresses

urlpatterns = addresses()
