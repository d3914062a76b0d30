"""Words to be found again: an index of the database's own, PostgreSQL's text search or SQLite's FTS5.

Only what we wrote is in it. Exact words are not: somebody who may not read them could find out by searching, and a
search for the name of an account would be a view by author.
"""

import re
from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

_TABLE = "evidence_item"
_WORD = re.compile(r"\w+")


def after_migrating(using: str, **_: Any) -> None:
    """SQLite drops triggers when a migration makes a table anew, so this looks every time."""
    ensure(connections[using])


def ensure(database: BaseDatabaseWrapper) -> None:
    """Make what is missing of the index."""
    if _TABLE not in database.introspection.table_names():
        return
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            for statement in _POSTGRESQL:
                cursor.execute(statement)
        elif not _has_triggers(cursor):
            for statement in _SQLITE:
                cursor.execute(statement)


def _has_triggers(cursor: Any) -> bool:
    cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [_TABLE])
    return bool(cursor.fetchone()[0])


# A column that the database fills by itself, and that no model knows of: nobody reads it but the condition below.
_POSTGRESQL = (
    """ALTER TABLE evidence_item ADD COLUMN IF NOT EXISTS words_found tsvector GENERATED ALWAYS AS (
        to_tsvector('english', our_words || ' ' || tells_us || ' ' || does_not_tell_us || ' ' || described_as)
    ) STORED""",
    "CREATE INDEX IF NOT EXISTS evidence_item_words ON evidence_item USING gin (words_found)",
)
_FOUND_BY_POSTGRESQL = "evidence_item.words_found @@ plainto_tsquery('english', %s)"
_SQLITE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS evidence_item_words USING fts5(
        our_words, tells_us, does_not_tell_us, described_as,
        content='evidence_item', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
    )""",
    """CREATE TRIGGER evidence_item_words_added AFTER INSERT ON evidence_item BEGIN
        INSERT INTO evidence_item_words(rowid, our_words, tells_us, does_not_tell_us, described_as)
        VALUES (new.id, new.our_words, new.tells_us, new.does_not_tell_us, new.described_as);
    END""",
    """CREATE TRIGGER evidence_item_words_removed AFTER DELETE ON evidence_item BEGIN
        INSERT INTO evidence_item_words(
            evidence_item_words, rowid, our_words, tells_us, does_not_tell_us, described_as
        ) VALUES ('delete', old.id, old.our_words, old.tells_us, old.does_not_tell_us, old.described_as);
    END""",
    """CREATE TRIGGER evidence_item_words_changed
    AFTER UPDATE OF our_words, tells_us, does_not_tell_us, described_as ON evidence_item BEGIN
        INSERT INTO evidence_item_words(
            evidence_item_words, rowid, our_words, tells_us, does_not_tell_us, described_as
        ) VALUES ('delete', old.id, old.our_words, old.tells_us, old.does_not_tell_us, old.described_as);
        INSERT INTO evidence_item_words(rowid, our_words, tells_us, does_not_tell_us, described_as)
        VALUES (new.id, new.our_words, new.tells_us, new.does_not_tell_us, new.described_as);
    END""",
    "INSERT INTO evidence_item_words(evidence_item_words) VALUES ('rebuild')",
)
# The plus sign keeps SQLite from looking up each found row by its id: it walks the index of the filters instead.
_FOUND_BY_SQLITE = "+evidence_item.id IN (SELECT rowid FROM evidence_item_words WHERE evidence_item_words MATCH %s)"


def says(words: str) -> RawSQL:
    """A condition for items: all these words are in what we wrote, in any of their forms. Nothing in it is syntax."""
    terms = list(dict.fromkeys(_WORD.findall(words.lower())))
    if connection.vendor == "postgresql":
        return _condition(_FOUND_BY_POSTGRESQL, " ".join(terms))
    return _condition(_FOUND_BY_SQLITE, " ".join(f'"{term}"' for term in terms))


def _condition(sql: str, words: str) -> RawSQL:
    return RawSQL(sql, (words,), output_field=BooleanField())  # noqa: S611 -- our own text; words are a parameter


def has_words(words: str) -> bool:
    """Whether there is anything to search for."""
    return bool(_WORD.search(words))
