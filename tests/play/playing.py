"""A story from the command that a newcomer types: processes, wire and databases are all real."""

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from typing import Any

from sandbox.demo.commands import ROOT


@dataclass(frozen=True)
class Played:
    """The exit code, the one object of standard output, and the transcript."""

    code: int
    outcome: dict[str, Any]
    transcript: str


async def play(story: str, *arguments: str, database_url: str | None = None) -> Played:
    """Plays a story to its end. `database_url` is that of PostgreSQL; without one the demo makes its own file."""
    settings = {"APROBOT_DATABASE__URL": database_url} if database_url else {}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "sandbox.demo", "--play", story, "--json", *arguments),
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, transcript = await process.communicate()
    assert output, transcript.decode()
    return Played(process.returncode or 0, json.loads(output), transcript.decode())
