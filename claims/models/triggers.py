"""Constraints that look into another table, which CHECK cannot: kept by triggers, on SQLite and PostgreSQL alike.

They are put in place after every migration rather than by one, because SQLite loses a table's triggers whenever a
migration rebuilds that table. ``post_migrate`` runs then, and each trigger is made anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connections


@dataclass(frozen=True, slots=True)
class Rule:
    """``holds`` is an SQL condition over NEW that every row inserted into or updated in ``table`` is to fulfil."""

    name: str
    table: str
    holds: str
    message: str


_OWNER = """(SELECT CASE WHEN c.standing_correction_id IS NOT NULL THEN k.source_id ELSE c.source_id END
    FROM claims_claim c LEFT JOIN claims_correction k ON k.id = c.standing_correction_id WHERE c.id = NEW.claim_id)"""

# The text that a claim's offsets belong to.
_TEXT = """(SELECT text FROM claims_article WHERE id = NEW.article_id AND NEW.past_version = 0 UNION ALL
    SELECT text FROM claims_version WHERE article_id = NEW.article_id AND number = NEW.past_version)"""

RULES = (
    Rule(
        "party_is_within_one_that_is_within_nothing",
        "claims_party",
        "NEW.within_id IS NULL OR (EXISTS (SELECT 1 FROM claims_party p WHERE p.id = NEW.within_id"
        " AND p.within_id IS NULL) AND NOT EXISTS (SELECT 1 FROM claims_party c WHERE c.within_id = NEW.id"
        " AND c.merged_into_id IS NULL))",
        "what a party is within is itself within nothing",
    ),
    Rule(
        "claim_is_a_slice_of_its_text",
        "claims_claim",
        f'NEW.text = (SELECT substr(t.text, NEW.start + 1, NEW."end" - NEW.start) FROM {_TEXT} t'
        ' WHERE NEW."end" <= length(t.text))',
        "a claim is the slice of its article's text, or of the past version's, between its offsets",
    ),
    Rule(
        "claim_cue_lies_in_its_text",
        "claims_claim",
        f"NEW.cue_end IS NULL OR NEW.cue_end <= (SELECT length(t.text) FROM {_TEXT} t)",
        "a cue lies within its article's text",
    ),
    Rule(
        "past_claim_is_of_an_earlier_version",
        "claims_claim",
        "NEW.past_version < (SELECT version FROM claims_article WHERE id = NEW.article_id)",
        "a past claim stood in an earlier version than the newest",
    ),
    Rule(
        "version_text_never_changes",
        "claims_version",
        "NOT EXISTS (SELECT 1 FROM claims_version v WHERE v.id = NEW.id"
        " AND (v.text <> NEW.text OR v.article_id <> NEW.article_id OR v.number <> NEW.number))",
        "a version's text never changes",
    ),
    Rule(
        "article_text_is_its_newest_version",
        "claims_article",
        "NOT EXISTS (SELECT 1 FROM claims_version v WHERE v.article_id = NEW.id) OR (NEW.text ="
        " (SELECT v.text FROM claims_version v WHERE v.article_id = NEW.id AND v.number = NEW.version)"
        " AND NEW.version = (SELECT max(v.number) FROM claims_version v WHERE v.article_id = NEW.id))",
        "an article holds the text of its newest version",
    ),
    Rule(
        "pair_claim_belongs_to_its_side",
        "claims_pairclaim",
        "EXISTS (SELECT 1 FROM claims_pair p JOIN claims_comparison m ON m.id = p.comparison_id"
        " WHERE p.id = NEW.pair_id AND CASE WHEN NEW.side = 'a' THEN m.a_id ELSE m.b_id END = " + _OWNER + ")",
        "the claims of a pair belong to its comparison's sources",
    ),
    Rule(
        "reason_words_lie_in_their_claim",
        "claims_reasonwords",
        "EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = NEW.claim_id"
        ' AND c.start <= NEW.start AND NEW."end" <= c."end")',
        "the words of a reason lie within their claim",
    ),
    Rule(
        "annotation_quotes_its_claim",
        "claims_annotation",
        """NEW.claim_id IS NULL OR EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = NEW.claim_id
            AND c.start <= NEW.start AND NEW."end" <= c."end"
            AND NEW.quote = substr(c.text, NEW.start - c.start + 1, NEW."end" - NEW.start))""",
        "an annotation quotes words of its claim",
    ),
    Rule(
        "comparison_within_one_event",
        "claims_comparison",
        "2 = (SELECT count(*) FROM claims_source WHERE id IN (NEW.a_id, NEW.b_id) AND event_id = NEW.event_id)",
        "a comparison holds two sources of its event",
    ),
)


def ensure_triggers(*, using: str = "default", **_: Any) -> None:
    """Put every rule into the database, replacing what stood there under its name."""
    connection = connections[using]
    made = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for rule in RULES:
            if rule.table in present:
                for statement in made(rule):
                    cursor.execute(statement)


def drop_triggers(connection: Any) -> None:
    """Take every rule out of an SQLite database: before a migration rebuilds a table that triggers look into.

    SQLite cannot rename the rebuilt table while a trigger names the dropped one. ``ensure_triggers`` puts them back.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for rule in RULES:
            for verb in ("insert", "update"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {rule.name}_{verb}")


def _sqlite(rule: Rule) -> list[str]:
    statements = []
    for verb in ("INSERT", "UPDATE"):
        name = f"{rule.name}_{verb.lower()}"
        statements += [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE {verb} ON {rule.table} WHEN NOT coalesce(({rule.holds}), 0) "
            f"BEGIN SELECT RAISE(ABORT, '{_quoted(rule.message)}'); END",
        ]
    return statements


def _postgresql(rule: Rule) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {rule.name}() RETURNS trigger AS $$ BEGIN "
        f"IF NOT coalesce(({rule.holds}), false) THEN "
        f"RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = '{_quoted(rule.message)}'; "
        "END IF; RETURN NEW; END $$ LANGUAGE plpgsql",
        f"DROP TRIGGER IF EXISTS {rule.name} ON {rule.table}",
        f"CREATE TRIGGER {rule.name} BEFORE INSERT OR UPDATE ON {rule.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {rule.name}()",
    ]


def _quoted(message: str) -> str:
    return message.replace("'", "''")
