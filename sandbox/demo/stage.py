"""Sets the stage: a folder with an event, its materials, a database and invites, all through the command line."""

import asyncio
import hashlib
import os
import secrets
import shutil
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from sandbox.demo.commands import ROOT, Product
from sandbox.demo.handouts import write_handouts
from sandbox.page.catalogue import say
from sandbox.play.samples import Scan, read_scans

KITS = 10
PAGES = 2
SEED = 2026
DPI = 200
DEFECTS = ("fiducials_missing", "qr_damaged", "printed_scaled", "page_cut", "skewed", "photo_not_scan")
SHAPED_BY = ("recognition/simulator", "recognition/form", "services/practice", "locales", "sandbox/demo")
INVITED = ("technician", "coordinator")
LATER = ("support", "administrator")
"""They have no part in the story yet: they come in while it is already shown."""


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
    """A prepared folder. `printed` is how many kits the print file holds; `tokens` are the invites by role."""

    folder: Path
    names: Names
    product: Product
    settings: dict[str, str]
    printed: int = KITS
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def kits(self) -> Path:
        return self.folder / "kits.pdf"

    @property
    def cache(self) -> Path:
        """Where handouts and scans are made: those of codes that come only once go with the stage."""
        return kept_between_starts(self.printed) if self.names == USUAL else self.folder / "made"

    @property
    def shelf(self) -> Path:
        return self.folder / "shelf"


def new_stage(folder: Path, api_url: str, *, webhook: bool = False, printed: int = KITS) -> Stage:
    """A stage in this folder. A database named by the environment is used; else a fresh file in the folder."""
    given = os.environ.get("APROBOT_DATABASE__URL")
    settings = {
        "APROBOT_TELEGRAM__TOKEN": f"{secrets.randbelow(9 * 10**9) + 10**9}:{secrets.token_urlsafe(30)[:35]}",
        "APROBOT_TELEGRAM__API_URL": api_url,
        "APROBOT_DATABASE__URL": given or f"sqlite:///{folder / 'aprobot.db'}",
        "APROBOT_FILES__URL": f"file://{folder / 'files'}",
        **web_settings(),
    }
    settings |= webhook_settings(settings["APROBOT_WEB__PUBLIC_URL"]) if webhook else {}
    (folder / "shelf").mkdir(parents=True, exist_ok=True)
    return Stage(folder, Names.fresh() if given else USUAL, Product(settings, folder), settings, printed)


def web_settings() -> dict[str, str]:
    """The bot hands out links to its upload page: it must say where before it runs, so a free port is chosen for it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return {"APROBOT_WEB__PORT": str(port), "APROBOT_WEB__PUBLIC_URL": f"http://127.0.0.1:{port}"}


def webhook_settings(address: str) -> dict[str, str]:
    """Updates are posted to the bot."""
    return {
        "APROBOT_TELEGRAM__MODE": "webhook",
        "APROBOT_TELEGRAM__WEBHOOK_URL": address,
        "APROBOT_TELEGRAM__WEBHOOK_SECRET": secrets.token_urlsafe(24),
    }


async def make_handouts(stage: Stage) -> None:
    """Kits to print and materials to hand out, from the cache where nothing that shapes them has changed."""
    kept = stage.cache
    if not (kept / "kits.pdf").exists():
        kept.mkdir(parents=True, exist_ok=True)
        write_handouts(kept)
        await stage.product.run(
            "kits", "make", *kit_order(stage.names.event, stage.printed), "--out", str(kept / "kits.new")
        )
        (kept / "kits.new").replace(kept / "kits.pdf")
    for path in kept.glob("*.pdf"):
        shutil.copy(path, stage.folder)


def kit_order(event: str, kits: int) -> list[str]:
    return ["--kits", str(kits), "--pages", str(PAGES), "--event", event, "--seed", str(SEED)]


async def load(stage: Stage) -> None:
    """The event, as an administrator loads it."""
    path = stage.folder / "event.yaml"
    path.write_text(yaml.safe_dump(event_file(stage.names), allow_unicode=True, sort_keys=False), encoding="utf-8")
    await stage.product.run("events", "load", str(path))


async def invite(stage: Stage, role: str) -> None:
    """An invite for one role."""
    scope = {"technician": ["--organisation", stage.names.college], "coordinator": ["--region", stage.names.region]}
    made = await stage.product.json("invites", "make", "--role", role, *scope.get(role, []), "--json")
    stage.tokens[role] = made["token"]


async def fill_shelf(stage: Stage) -> None:
    """Sample scans: good ones kit by kit, and one of each defect; made in the background, kept for the next start."""
    clean = await clean_scans(stage)
    for scan in clean:
        name = say("demo.shelf.page", kit=scan.kit, page=scan.page)
        shutil.copy(scan.path, stage.shelf / f"{name}{scan.path.suffix}")
    await asyncio.to_thread(bind, [scan.path for scan in clean], stage.shelf / f"{say('demo.shelf.all', n=KITS)}.pdf")
    for defect in DEFECTS:
        bad = await bad_scan(stage, defect)
        shutil.copy(bad.path, stage.shelf / f"{say(f'demo.shelf.{defect}')}{bad.path.suffix}")


def bind(pages: Sequence[Path], pdf: Path) -> None:
    """All pages in one file, as a scanner with a feeder makes it. The shelf never shows half a file."""
    first, *others = [Image.open(page) for page in pages]
    half = pdf.with_name(f".{pdf.name}")
    first.save(half, "PDF", save_all=True, append_images=others, resolution=DPI)
    half.replace(pdf)


async def clean_scans(stage: Stage) -> list[Scan]:
    """All pages of the stage's kits, well printed and well scanned."""
    return await scanned(stage, stage.kits, "none")


async def bad_scan(stage: Stage, defect: str) -> Scan:
    """A page of the first kit with this defect."""
    first = stage.cache / "first-kit.pdf"
    if not first.exists():
        order = kit_order(stage.names.event, 1)
        await stage.product.run("kits", "make", *order, "--out", str(first))
    return next(scan for scan in await scanned(stage, first, defect) if defect in scan.defects)


async def scanned(stage: Stage, pdf: Path, defects: str, hand: int | None = None) -> list[Scan]:
    """Prints and scans by simulation, once for all starts. Another `hand` is another print, filled by other people."""
    out = stage.cache / "scans" / "-".join((pdf.stem, defects, *([str(hand)] if hand else ())))
    truth = out.with_suffix(".json")
    if not truth.exists():
        await stage.product.run(
            *("kits", "scan", str(pdf), "--out", str(out), "--dpi", str(DPI), "--mode", "grey", "--share", "1"),
            *("--defects", defects, "--seed", str(SEED), "--truth", str(truth)),
            *(("--hand", str(hand)) if hand else ()),
        )
    return read_scans(out, truth)


def kept_between_starts(printed: int) -> Path:
    """Where the usual event's handouts and scans are kept: named by all that shapes them."""
    digest = hashlib.sha256(f"{USUAL.event} {printed} {PAGES} {SEED} {DPI}".encode())
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
