"""A college with a large file to send: forty pages at 600 dpi in one PDF, more than a chat takes."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import yaml

from sandbox.client import Message, Person
from sandbox.demo.opened import FIRST_CARD_WITHIN_S, OpenedStage
from sandbox.demo.stage import KITS, Names, event_file
from sandbox.page.catalogue import say
from sandbox.play.walk import Walk

LARGE = Names("LARGE26", "54-600", "54")
PAGES = 4
DPI = 600
SEED = 7


@dataclass(frozen=True)
class LargeFile:
    """A technician at the upload screen, the address of their page, and the scan to send."""

    technician: Person
    address: str
    scan: Path


async def large_file(stage: OpenedStage, defects: str = "none") -> LargeFile:
    """Prints and scans ten kits of four pages, and walks a technician of their college to the upload screen."""
    folder = Path(stage.folder) / "large"
    folder.mkdir()
    kits, scans = folder / "kits.pdf", folder / "scans"
    order = ("--kits", str(KITS), "--pages", str(PAGES), "--event", LARGE.event, "--seed", str(SEED))
    await stage.product.run("kits", "make", *order, "--out", str(kits))
    how = ("--dpi", str(DPI), "--format", "pdf", "--mode", "grey", "--seed", str(SEED), "--defects", defects)
    await stage.product.run("kits", "scan", str(kits), "--out", str(scans), *how)
    await load_event(stage, folder, kits)
    technician = await come_in(stage)
    scan = (scans / "scans.pdf").rename(folder / f"{say('demo.large.scan')}.pdf")
    return LargeFile(technician, await address(technician), scan)


async def load_event(stage: OpenedStage, folder: Path, kits: Path) -> None:
    file = event_file(LARGE)
    file["event"] |= {"form": {"practice": PAGES}, "require": "all", "participants": KITS}
    file["materials"] = [{"key": "kits", "title": say("demo.kits"), "file": kits.name, "college": LARGE.college}]
    path = folder / "event.yaml"
    await asyncio.to_thread(path.write_text, yaml.safe_dump(file, allow_unicode=True), encoding="utf-8")
    await stage.product.run("events", "load", str(path))


async def come_in(stage: OpenedStage) -> Person:
    made = await stage.product.json(
        "invites", "make", "--role", "technician", "--organisation", LARGE.college, "--json"
    )
    technician = await stage.messenger.add_person(say("demo.large.technician"), "technician")
    await technician.comes_in(made["token"], FIRST_CARD_WITHIN_S)
    return technician


async def address(technician: Person) -> str:
    """The link that the upload screen hands out."""
    walk = Walk(technician, lambda _line: None)
    await walk.to("upload")
    card = await technician.waits_for(lambda message: bool(links(message)), FIRST_CARD_WITHIN_S)
    return links(card)[0]


def links(message: Message) -> list[str]:
    return [button.url for row in message.buttons for button in row if button.url]
