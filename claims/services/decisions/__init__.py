"""Decisions that come back in an edited table: read, held against what happened since, and only then written."""

from claims.services.decisions.apply import Applied, apply
from claims.services.decisions.plan import Case, Plan, plan
from claims.services.decisions.sheet import Line, read_sheet

__all__ = ["Applied", "Case", "Line", "Plan", "apply", "plan", "read_sheet"]
