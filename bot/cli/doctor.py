"""`aprobot doctor`: what works, what does not, and what to do."""

import asyncio
import json
from typing import TYPE_CHECKING, Any

import typer

from services.texts import load_texts

if TYPE_CHECKING:
    from bot.doctor.finding import Finding

texts = load_texts("ru")

MARKS = {"ok": "✓", "warn": "!", "fail": "✗", "skipped": "–"}
WIDTH = 18


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("doctor", help=texts("cli.doctor"))(doctor)


def doctor(as_json: bool = typer.Option(False, "--json", help=texts("cli.doctor.json"))) -> None:
    from bot.doctor.finding import Status

    findings = look()
    well = all(finding.status != Status.FAIL for finding in findings)
    if as_json:
        typer.echo(json.dumps({"ok": well, "checks": list(map(as_object, findings))}, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            typer.echo(as_line(finding))
        typer.echo("\n" + texts("doctor.well" if well else "doctor.unwell"))
    raise typer.Exit(0 if well else 1)


def look() -> "list[Finding]":
    """A setting that cannot be read is the only finding: without it nothing else is known."""
    from bot.doctor.examine import examine
    from bot.doctor.finding import fail
    from bot.logs import set_up_logs
    from bot.settings import LogSettings, Mode, WrongSetting, load_settings, require_webhook

    set_up_logs(LogSettings(level="ERROR", format="console"))
    try:
        settings = load_settings()
        if settings.telegram.mode == Mode.WEBHOOK:
            require_webhook(settings.telegram)
    except WrongSetting as wrong:
        key = wrong.why if texts.has(wrong.why) else "settings.wrong"
        return [fail("settings", key, name=wrong.name)]
    return asyncio.run(examine(settings))


def sentence(finding: "Finding") -> str:
    key = finding.code if finding.check == "settings" else f"doctor.{finding.check}.{finding.code}"
    return texts(key, **finding.values)


def as_line(finding: "Finding") -> str:
    title = texts(f"doctor.title.{finding.check}")
    return f"{MARKS[finding.status]} {title:<{WIDTH}} {sentence(finding)}"


def as_object(finding: "Finding") -> dict[str, Any]:
    return {
        "check": finding.check,
        "status": finding.status.value,
        "code": finding.code,
        "text": sentence(finding),
    }
