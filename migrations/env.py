"""Runs revisions on the connection it is given: the product migrates itself and needs no alembic.ini."""

from alembic import context
from sqlalchemy import Connection

from services.db.base import Moment
from services.db.schema import metadata


def ours(name: str | None, kind: str, _parents: object) -> bool:
    """The job engine keeps its own tables in the same database and migrates them itself."""
    return kind != "table" or name in metadata.tables


def rendered(kind: str, thing: object, _context: object) -> str | bool:
    """Revisions outlive our types: they name the database's."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, Moment) else False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        include_name=ours,
        render_item=rendered,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
