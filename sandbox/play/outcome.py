"""What a story came to."""

import asyncio
import json
import os
import sys
from dataclasses import dataclass, field
from typing import Any

from sandbox.demo.commands import ROOT


@dataclass
class Outcome:
    """`seen` is what people saw in their chats; `stored` is what a new process read from the database."""

    seen: dict[str, Any] = field(default_factory=dict)
    stored: dict[str, Any] = field(default_factory=dict)
    wanted_kits: int = 10
    by_own_word: bool = False
    """The coordinator cannot be reached: the honest end is that the technician says to have told them."""

    @property
    def notified(self) -> bool:
        """True only where the coordinator has the notice in the chat, and the database knows that it was delivered."""
        notices = self.stored.get("notices", [])
        return bool(self.seen.get("notice_message_id")) and any(notice["delivered"] for notice in notices)

    @property
    def good(self) -> bool:
        """N of N, finished, told: by the bot, or by the technician where the bot could not."""
        told = self.stored["told_myself"] and not self.notified if self.by_own_word else self.notified
        return self.stored["kits_complete"] == self.wanted_kits and self.stored["finished"] and told

    def as_json(self) -> dict[str, Any]:
        return {
            "kits_complete": self.stored["kits_complete"],
            "finished": self.stored["finished"],
            "coordinator_notified": self.notified,
            "message_ids": self.seen,
            "file_hashes": self.stored["file_hashes"],
            "counts": {name: value for name, value in self.stored.items() if name != "file_hashes"},
        }


async def stored(database_url: str, college: str) -> dict[str, Any]:
    """The outcome as a new process reads it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "sandbox.play.ledger", database_url, college),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    return dict(json.loads(output))
