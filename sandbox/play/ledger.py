"""Reads a story's outcome from the database, by a process of its own: only what is committed is there.

`python -m sandbox.play.ledger DATABASE_URL COLLEGE` prints one JSON object.
"""

import asyncio
import json
import sys
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

PARTICIPATION = (
    "SELECT p.id FROM participation p JOIN organisation o ON o.id = p.organisation_id WHERE o.code = :college"
)
QUERIES = {
    "state": "SELECT state, declared, finishes FROM participation WHERE id = :id",
    "kits_complete": "SELECT count(*) AS n FROM kit WHERE participation_id = :id AND state = 'complete'",
    "pages_counted": "SELECT count(*) AS n FROM kit_page JOIN kit ON kit.id = kit_id WHERE participation_id = :id",
    "submissions": "SELECT state, count(*) AS n FROM submission WHERE participation_id = :id GROUP BY state",
    "file_hashes": "SELECT DISTINCT file_hash FROM submission WHERE participation_id = :id ORDER BY file_hash",
    "notices": (
        "SELECT n.id, n.person_id, n.delivered_at IS NOT NULL AS delivered, o.message_id FROM notice n"
        " LEFT JOIN outbox o ON o.id = n.outbox_id WHERE n.participation_id = :id ORDER BY n.id"
    ),
    "reviews": ("SELECT kind, choice, reason <> '' AS reasoned FROM review WHERE participation_id = :id ORDER BY id"),
    "tickets": "SELECT reason, state FROM ticket WHERE participation_id = :id ORDER BY id",
    "credits": (
        "SELECT page.credit, count(*) AS n FROM page JOIN submission ON submission.id = page.submission_id"
        " WHERE submission.participation_id = :id GROUP BY page.credit"
    ),
    "told_myself": (
        "SELECT count(*) AS n FROM checklist_step WHERE participation_id = :id AND step = 'notice' AND state = 'done'"
    ),
    "steps_done": "SELECT count(*) AS n FROM checklist_step WHERE participation_id = :id AND state = 'done'",
}


async def read(url: str, college: str) -> dict[str, Any]:
    """The outcome as plain values."""
    engine = create_async_engine(with_driver(url))
    try:
        async with engine.connect() as connection:
            found = (await connection.execute(text(PARTICIPATION), {"college": college})).scalar()
            rows = {name: await fetch(connection, query, found) for name, query in QUERIES.items()}
    finally:
        await engine.dispose()
    state = rows["state"][0] if rows["state"] else {"state": None, "declared": None, "finishes": 0}
    return {
        "finished": state["state"] == "finished",
        "finishes": state["finishes"],
        "declared": state["declared"],
        "kits_complete": rows["kits_complete"][0]["n"],
        "pages_counted": rows["pages_counted"][0]["n"],
        "told_myself": bool(rows["told_myself"][0]["n"]),
        "steps_done": rows["steps_done"][0]["n"],
        "submissions": {row["state"]: row["n"] for row in rows["submissions"]},
        "reviews": [{**row, "reasoned": bool(row["reasoned"])} for row in rows["reviews"]],
        "tickets": rows["tickets"],
        "credits": {row["credit"]: row["n"] for row in rows["credits"]},
        "file_hashes": [row["file_hash"] for row in rows["file_hashes"] if row["file_hash"]],
        "notices": [{**row, "delivered": bool(row["delivered"])} for row in rows["notices"]],
    }


def with_driver(url: str) -> URL:
    """The short forms that the product's settings take."""
    parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    return parsed.set(drivername="sqlite+aiosqlite" if parsed.get_backend_name() == "sqlite" else "postgresql+asyncpg")


async def fetch(connection: AsyncConnection, query: str, participation: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in (await connection.execute(text(query), {"id": participation})).mappings()]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(read(sys.argv[1], sys.argv[2])), ensure_ascii=False) + "\n")
