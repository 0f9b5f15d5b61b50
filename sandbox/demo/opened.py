"""Opens the demo: messenger, bot, event, and the people who have come in by their links."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox.client import Messenger
from sandbox.demo.commands import Serving
from sandbox.demo.stage import INVITED, KITS, Stage, invite, load, make_handouts, new_stage
from sandbox.server import running

FIRST_CARD_WITHIN_S = 60.0


@dataclass(kw_only=True)
class OpenedStage(Stage):
    """A stage with its messenger and its bot at work."""

    url: str
    messenger: Messenger
    bot: Serving


@asynccontextmanager
async def opened(
    folder: Path,
    port: int,
    *,
    webhook: bool = False,
    printed: int = KITS,
    on_page: Callable[[str], None] = lambda _url: None,
) -> AsyncIterator[OpenedStage]:
    """The demo at work; leaving the block stops all that was started. Raises CommandFailedError, OSError.

    `on_page` is called with the page's address as soon as it answers; the bot comes a few seconds later.
    """
    shelf = folder / "shelf"
    shelf.mkdir(parents=True)
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(running(port, shelf=shelf))
        on_page(sandbox.url)
        messenger = await stack.enter_async_context(Messenger(sandbox.url))
        stage = new_stage(folder, sandbox.url, webhook=webhook, printed=printed)
        bot = await stage.product.serve()
        stack.push_async_callback(bot.stop)
        await make_handouts(stage)
        await load(stage)
        await asyncio.gather(bot.ready(), *(invite(stage, role) for role in INVITED))
        ready = OpenedStage(**vars(stage), url=sandbox.url, messenger=messenger, bot=bot)
        await asyncio.gather(*(come_in(ready, role) for role in INVITED))
        yield ready


async def let_in(stage: OpenedStage, roles: Sequence[str]) -> None:
    """One after another, so that those who are at work already are not slowed down."""
    for role in roles:
        await invite(stage, role)
        await come_in(stage, role)


async def come_in(stage: OpenedStage, role: str) -> None:
    """A person follows the invite link, agrees to what is kept, and gets the first card."""
    await stage.messenger.waits_for_bot(FIRST_CARD_WITHIN_S)
    person = await stage.messenger.with_role(role)
    await person.comes_in(stage.tokens[role], FIRST_CARD_WITHIN_S)
