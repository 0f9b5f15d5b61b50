"""Which revision a database has, and what this program makes of it."""

from dataclasses import dataclass
from enum import StrEnum

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from services.db.migrate import MIGRATIONS


class Schema(StrEnum):
    """`newer` is any revision that this program does not know."""

    CURRENT = "current"
    OLD = "old"
    EMPTY = "empty"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class Revision:
    """The revision found (empty where there is none) and the one that this program brings."""

    found: str
    wanted: str
    schema: Schema


def revision_of(connection: Connection) -> Revision:
    """Changes nothing."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    found = " ".join(sorted(MigrationContext.configure(connection).get_current_heads()))
    wanted = scripts.get_current_head() or ""
    if found == wanted:
        return Revision(found, wanted, Schema.CURRENT)
    if not found:
        return Revision(found, wanted, Schema.EMPTY)
    try:
        known = scripts.get_revision(found) is not None
    except CommandError:
        known = False
    return Revision(found, wanted, Schema.OLD if known else Schema.NEWER)
