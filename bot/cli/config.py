"""`aprobot config`: the settings in force, without their secrets."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from services.texts import load_texts

if TYPE_CHECKING:
    from bot.settings_in_force import InForce

texts = load_texts("ru")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("config", help=texts("cli.config"))(config)


def config(as_json: bool = typer.Option(False, "--json", help=texts("cli.config.json"))) -> None:
    from bot.settings import load_settings
    from bot.settings_in_force import settings_in_force

    known = settings_in_force(load_settings())
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in known], ensure_ascii=False, indent=2))
        return
    width = max(len(f"{one.name}={one.value}") for one in known if len(one.value) < LONG)
    for one in known:
        typer.echo(as_line(one, width))


LONG = 60
"""Longer values would push the origins of all the others out of sight."""


def as_line(one: "InForce", width: int) -> str:
    return f"{f'{one.name}={one.value}':<{width}}  # " + texts(f"config.{one.origin}", place=one.place)
