"""The one router that all endpoints are on: those that read and those that write share their addresses."""

from __future__ import annotations

from ninja import Router

from claims.api.writing import once

router = Router()
router.add_decorator(once)
