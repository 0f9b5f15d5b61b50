"""The product's command line, called as a person at a terminal calls it."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
STOP_WITHIN_S = 12.0


class CommandFailedError(Exception):
    """A command of the product refused; the text is its own sentence."""


class Product:
    """`aprobot …` with one set of settings."""

    def __init__(self, settings: Mapping[str, str], folder: Path) -> None:
        self.environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        self.folder = folder

    async def run(self, *arguments: str) -> str:
        """Runs a command to its end and returns what it printed. Raises CommandFailedError."""
        process = await asyncio.create_subprocess_exec(
            *self.command(*arguments),
            cwd=self.folder,
            env=self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        output, errors = await process.communicate()
        if process.returncode != 0:
            raise CommandFailedError(errors.decode(errors="replace").strip() or output.decode().strip())
        return output.decode()

    async def json(self, *arguments: str) -> Any:
        return json.loads(await self.run(*arguments))

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-P", "-m", "bot", *arguments]

    async def serve(self) -> "Serving":
        """Starts the bot; its log goes to `bot.log` in the folder."""
        log = (self.folder / "bot.log").open("ab")
        process = await asyncio.create_subprocess_exec(
            *self.command("serve"), cwd=self.folder, env=self.environment, stdout=asyncio.subprocess.PIPE, stderr=log
        )
        log.close()
        return Serving(process, self.folder / "bot.log")


class Serving:
    """A running bot."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self.process = process
        self.log = log
        self.said = ""

    async def ready(self) -> None:
        """Returns when the bot says that it works. Raises CommandFailedError with its last words where it died."""
        output = self.process.stdout
        line = await output.readline() if output is not None else b""
        self.said = line.decode()
        if not line:
            await self.process.wait()
            raise CommandFailedError("\n".join(self.log.read_text(errors="replace").splitlines()[-3:]))

    def kill(self) -> None:
        """As the power cut does it."""
        if self.process.returncode is None:
            self.process.kill()

    async def stop(self) -> int:
        """Asks to stop and returns the exit code; a bot that does not listen is killed."""
        if self.process.returncode is None:
            self.process.terminate()
        try:
            return await asyncio.wait_for(self.process.wait(), STOP_WITHIN_S)
        except TimeoutError:
            self.kill()
            return await self.process.wait()
