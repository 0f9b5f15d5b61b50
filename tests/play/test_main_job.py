"""The main job from the command that a newcomer types: processes, wire and databases are all real."""

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from sandbox.demo.commands import ROOT

LONGEST_S = 400

pytestmark = pytest.mark.timeout(LONGEST_S)


@dataclass(frozen=True)
class Played:
    """The exit code, the one object of standard output, and the transcript."""

    code: int
    outcome: dict[str, Any]
    transcript: str


async def play(*arguments: str, database_url: str | None = None) -> Played:
    settings = {"APROBOT_DATABASE__URL": database_url} if database_url else {}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "sandbox.demo", "--play", "main-job", "--json", *arguments),
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, transcript = await process.communicate()
    assert output, transcript.decode()
    return Played(process.returncode or 0, json.loads(output), transcript.decode())


async def test_ten_of_ten_is_finished_and_told(database_url: str) -> None:
    given = database_url if database_url.startswith("postgresql") else None
    played = await play(database_url=given)
    assert played.code == 0, played.transcript
    assert played.outcome["kits_complete"] == 10
    assert played.outcome["finished"] is True
    assert played.outcome["coordinator_notified"] is True
    assert played.outcome["counts"]["finishes"] == 1
    assert len(played.outcome["counts"]["notices"]) == 1
    assert len(played.outcome["file_hashes"]) == 21
    assert played.outcome["message_ids"]["pictures"], "a bad page comes with a picture"


async def test_a_webhook_tells_the_same_story() -> None:
    played = await play("--webhook")
    assert played.code == 0, played.transcript
    assert played.outcome["finished"] is True


async def test_without_a_kit_nothing_finishes() -> None:
    played = await play("--without-kit", "10")
    assert played.code == 1
    assert played.outcome["kits_complete"] == 9
    assert played.outcome["finished"] is False
    assert played.outcome["message_ids"]["finish_offered"] is False
    assert played.outcome["coordinator_notified"] is False
    assert played.outcome["counts"]["notices"] == []
