"""`aprobot serve` and `aprobot migrate`."""

import asyncio
import gc
from functools import partial

import typer

from bot.cli.fault import Fault
from services.texts import load_texts

texts = load_texts("ru")


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("serve", help=texts("cli.serve"))(serve)
    app.command("migrate", help=texts("cli.migrate"))(migrate)


def serve() -> None:
    """Migrates the database, then serves until stopped. Standard output gets one line when all is ready, and none where
    the server of the Bot API does not know the token.
    """
    gc.disable()  # the messenger's models are a million objects that stay: a sixth of the start went to looking at them
    from aiogram.exceptions import TelegramUnauthorizedError

    from bot.greeting import server_answers
    from bot.logs import set_up_logs
    from bot.serve import serve as run
    from bot.settings import load_settings
    from services.db.database import prepare_folder
    from services.db.migrate import migrate as upgrade

    settings = load_settings(need_token=True)
    set_up_logs(settings.log)
    prepare_folder(settings.database.url)

    async def migrated() -> None:
        answers = await server_answers(settings.telegram)
        await upgrade(settings.database.url)
        await run(settings, partial(announce, "serve.ready" if answers else "serve.ready_alone"))

    try:
        asyncio.run(migrated())
    except TelegramUnauthorizedError:
        raise Fault("fault.token") from None


def announce(words: str, port: int) -> None:
    gc.freeze()
    gc.enable()
    typer.echo(texts(words, port=port))


def migrate() -> None:
    from bot.settings import load_settings
    from services.db.database import prepare_folder
    from services.db.migrate import migrate as upgrade

    settings = load_settings()
    prepare_folder(settings.database.url)
    asyncio.run(upgrade(settings.database.url))
    typer.echo(texts("migrate.done"))
