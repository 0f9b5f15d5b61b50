"""Sets the stage: a folder with an event, its materials, a database and invites, all through the command line."""

import asyncio
import hashlib
import os
import secrets
import shutil
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from sandbox.demo.commands import ROOT, Product
from sandbox.demo.handouts import write_handouts
from sandbox.page.catalogue import say

KITS = 10
PAGES = 2
SEED = 2026
DPI = 200
DEFECTS = ("fiducials_missing", "qr_damaged", "printed_scaled", "page_cut", "skewed", "photo_not_scan")
SHAPED_BY = ("recognition/simulator", "recognition/form", "services/practice", "locales", "sandbox/demo")
INVITED = ("technician", "coordinator")


@dataclass(frozen=True)
class Names:
    """Codes of the story. On a database of one's own they are new each time, so that an old story cannot meddle."""

    event: str
    college: str
    region: str

    @classmethod
    def fresh(cls) -> "Names":
        mark = base36(time.time_ns() // 1_000_000)[-7:]
        return cls(f"D{mark}", f"C-{mark}", f"R-{mark}")


USUAL = Names("DEMO26", "54-007", "54")


@dataclass
class Stage:
    """A prepared folder. `tokens` are the invites by role."""

    folder: Path
    names: Names
    product: Product
    settings: dict[str, str]
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def kits(self) -> Path:
        return self.folder / "kits.pdf"

    @property
    def shelf(self) -> Path:
        return self.folder / "shelf"


def new_stage(folder: Path, api_url: str) -> Stage:
    """A stage in this folder. A database named by the environment is used; else a fresh file in the folder."""
    given = os.environ.get("APROBOT_DATABASE__URL")
    settings = {
        "APROBOT_TELEGRAM__TOKEN": f"{secrets.randbelow(9 * 10**9) + 10**9}:{secrets.token_urlsafe(30)[:35]}",
        "APROBOT_TELEGRAM__API_URL": api_url,
        "APROBOT_DATABASE__URL": given or f"sqlite:///{folder / 'aprobot.db'}",
        "APROBOT_FILES__URL": f"file://{folder / 'files'}",
        "APROBOT_WEB__PORT": "0",
    }
    (folder / "shelf").mkdir(parents=True, exist_ok=True)
    return Stage(folder, Names.fresh() if given else USUAL, Product(settings, folder), settings)


async def make_handouts(stage: Stage) -> None:
    """Kits to print and materials to hand out, from the cache where nothing that shapes them has changed."""
    kept = cache(stage.names.event)
    if not (kept / "kits.pdf").exists():
        kept.mkdir(parents=True, exist_ok=True)
        write_handouts(kept)
        await stage.product.run("kits", "make", *kit_order(stage.names.event), "--out", str(kept / "kits.new"))
        (kept / "kits.new").replace(kept / "kits.pdf")
    for path in kept.glob("*.pdf"):
        shutil.copy(path, stage.folder)


def kit_order(event: str) -> list[str]:
    return ["--kits", str(KITS), "--pages", str(PAGES), "--event", event, "--seed", str(SEED)]


async def load(stage: Stage) -> None:
    """Database, event and invites, as an administrator sets them up."""
    path = stage.folder / "event.yaml"
    path.write_text(yaml.safe_dump(event_file(stage.names), allow_unicode=True, sort_keys=False), encoding="utf-8")
    await stage.product.run("migrate")
    await stage.product.run("events", "load", str(path))


async def invite(stage: Stage, role: str) -> None:
    """An invite for one role."""
    scope = {"technician": ["--organisation", stage.names.college], "coordinator": ["--region", stage.names.region]}
    made = await stage.product.json("invites", "make", "--role", role, *scope.get(role, []), "--json")
    stage.tokens[role] = made["token"]


async def fill_shelf(stage: Stage) -> None:
    """Sample scans: good ones kit by kit, and one of each defect; made in the background, kept for the next start."""
    kept = cache(stage.names.event) / "scans"
    if not (kept / "done").exists():
        await scan(stage, kept / "clean", "none")
        for defect in DEFECTS:
            await scan(stage, kept / defect, defect)
        (kept / "done").touch()
    await asyncio.to_thread(lay_out, kept, stage.shelf)


async def scan(stage: Stage, out: Path, defects: str, dpi: int = DPI) -> None:
    """Scans the stage's kits by simulation."""
    await stage.product.run(
        *("kits", "scan", str(stage.kits), "--out", str(out), "--dpi", str(dpi), "--mode", "grey"),
        *("--defects", defects, "--seed", str(SEED), "--truth", str(out) + ".json"),
    )


def lay_out(kept: Path, shelf: Path) -> None:
    """Good pages under their order, bad ones under their defect's name: the first page that has it."""
    from sandbox.play.samples import first_bad

    for path in sorted((kept / "clean").iterdir()):
        shutil.copy(path, shelf / path.name)
    for defect in DEFECTS:
        bad = first_bad(kept / defect, Path(f"{kept / defect}.json"), defect)
        if bad is not None:
            shutil.copy(bad, shelf / f"bad-{defect}{bad.suffix}")


def cache(event: str) -> Path:
    """Where handouts of an event are kept between starts: named by all that shapes them."""
    digest = hashlib.sha256(f"{event} {KITS} {PAGES} {SEED} {DPI}".encode())
    for folder in SHAPED_BY:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".json", ".typ", ".po"}:
                digest.update(path.read_bytes())
    return ROOT / "var" / "demo" / digest.hexdigest()[:16]


def event_file(names: Names) -> dict[str, Any]:
    """The event as its administrator would write it."""
    today = datetime.now(UTC).date()
    return {
        "event": {
            "code": names.event,
            "title": say("demo.event"),
            "kind": "trial",
            "opens": str(today - timedelta(days=1)),
            "closes": str(today + timedelta(days=5)),
            "participants": KITS,
            "require": "answer_sheet+1",
            "form": {"practice": PAGES},
            "contacts": {"email": "vprhelp@fioco.ru", "portal": "https://vpr.ixora.ru/helpdesk"},
        },
        "region": {
            "code": names.region,
            "name": say("demo.region"),
            "time_zone": "Asia/Novosibirsk",
            "coordinator": {"name": say("demo.coordinator"), "phone": "+7 383 000-00-00"},
        },
        "colleges": [
            {"code": names.college, "name": say("demo.college"), "variant": 2},
            {"code": f"{names.college}-2", "name": say("demo.college.2"), "variant": 2},
            {"code": f"{names.college}-3", "name": say("demo.college.3"), "variant": 3},
        ],
        "materials": [
            {"key": "manual", "title": say("demo.manual"), "file": "manual.pdf"},
            {"key": "client", "title": say("demo.client"), "file": "client.pdf"},
            {"key": "sample", "title": say("demo.sample"), "file": "sample.pdf"},
            {"key": "kits", "title": say("demo.kits"), "file": "kits.pdf", "college": names.college},
        ],
    }


def base36(number: int) -> str:
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    out = ""
    while number:
        number, digit = divmod(number, 36)
        out = digits[digit] + out
    return out or "0"
