"""`aprobot invites`: links that let people in."""

import asyncio
import json
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import typer

from services.texts import load_texts

if TYPE_CHECKING:
    from services.accounts.make_invite import NewInvite, Wanted

texts = load_texts("ru")
app = typer.Typer(help=texts("cli.invites"), no_args_is_help=True)

WRONG_USAGE = 2
SHOWN_CODES = 20


@dataclass(frozen=True, slots=True)
class Order:
    """How many invites, and for how long."""

    days: int
    count: int
    bot: str | None


@app.callback()
def invites() -> None:
    """Keeps `make` a command of its own: typer would otherwise make the only command the group itself."""


@app.command("make", help=texts("cli.invites.make"))
def make(
    role: str = typer.Option(..., "--role", help=texts("cli.invites.role")),
    organisation: str | None = typer.Option(None, "--organisation", help=texts("cli.invites.organisation")),
    region: str | None = typer.Option(None, "--region", help=texts("cli.invites.region")),
    event: str | None = typer.Option(None, "--event", help=texts("cli.invites.event")),
    days: int = typer.Option(14, "--days", min=1, max=365, help=texts("cli.invites.days")),
    count: int = typer.Option(1, "--count", min=1, max=1000, help=texts("cli.invites.count")),
    bot: str | None = typer.Option(None, "--bot", help=texts("cli.invites.bot")),
    as_json: bool = typer.Option(False, "--json", help=texts("cli.invites.json")),
) -> None:
    from services.accounts.make_invite import InviteFault, Wanted

    try:
        wanted = Wanted(known_role(role), organisation, region, event)
        made, name = asyncio.run(make_all(wanted, Order(days, count, bot)))
    except InviteFault as fault:
        sys.stderr.write(fault_sentence(fault.what, fault.name, fault.found, fault.known) + "\n")
        raise typer.Exit(WRONG_USAGE) from None
    typer.echo(as_json_text(made, name) if as_json else as_lines(made, name))


def known_role(name: str) -> Any:
    from services.accounts.make_invite import InviteFault
    from services.accounts.models import Role

    if name not in set(Role):
        raise InviteFault("unknown", "role", name, list(Role))
    return Role(name)


async def make_all(wanted: "Wanted", order: Order) -> tuple[list["NewInvite"], str | None]:
    """All invites or none, and the bot's name where it is known."""
    from bot.cli.local import bot_name, local
    from services.accounts.make_invite import MakeInvite
    from services.db.clock import Clock

    async with local() as here:
        async with here.database.transaction() as session:
            invite = MakeInvite(session, Clock())
            made = [await invite(wanted, timedelta(days=order.days)) for _ in range(order.count)]
        return made, order.bot.lstrip("@") if order.bot else await bot_name(here.settings)


def link_of(token: str, bot: str | None) -> str | None:
    return f"https://t.me/{bot}?start={token}" if bot else None


def as_json_text(made: list["NewInvite"], bot: str | None) -> str:
    """One object; a list of them where more than one was asked for."""
    objects = [
        {
            "role": invite.role.value,
            "organisation": invite.organisation,
            "token": invite.token,
            "link": link_of(invite.token, bot),
            "expires_at": invite.expires_at.isoformat(),
        }
        for invite in made
    ]
    return json.dumps(objects[0] if len(objects) == 1 else objects, ensure_ascii=False)


def as_lines(made: list["NewInvite"], bot: str | None) -> str:
    if bot:
        return "\n".join(f"https://t.me/{bot}?start={invite.token}" for invite in made)
    return "\n".join(texts("invites.no_link", token=invite.token) for invite in made)


def fault_sentence(what: str, name: str, found: str, known: tuple[str, ...]) -> str:
    """One sentence that lists what there is, so that the next try can be right."""
    shown = ", ".join(known[:SHOWN_CODES])
    if len(known) > SHOWN_CODES:
        shown += texts("invites.more", n=len(known) - SHOWN_CODES)
    listed = texts("invites.known", codes=shown) if known else texts("invites.none_known")
    key = f"invites.{what}"
    return texts(key, name=name, found=found) + ("" if what == "not_for_role" else " " + listed)
