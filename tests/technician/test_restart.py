"""The bot is stopped and started anew in the middle of the way."""

from pathlib import Path

from bot.serve import running
from sandbox.client import Message, Messenger
from sandbox.server import running as sandbox_running
from tests.technician.walking import done_steps, main_label, walk_until
from tests.wired.world import World, load_event, settings_for


async def test_leaving_and_coming_back_after_a_restart(database_url: str, tmp_path: Path):
    async with sandbox_running(people=[], limits=False) as sandbox, Messenger(sandbox.url) as messenger:
        settings = settings_for(database_url, tmp_path, sandbox.url)
        await load_event(settings, tmp_path, {})
        async with running(settings) as product:
            world = World(product, sandbox, messenger, settings, tmp_path)
            technician = await world.technician()
            old = await walk_until(technician, "Шаг 3 из 12")
        async with running(settings):
            await technician.says("/start")
            home = await technician.waits_for("Шаг 3 из 12: Инструкции")
            assert main_label(home) == "Перейти к шагу 3"
            await technician.presses_data(old.id, data_of(old, "Изучено"))
            await technician.waits_for("Шаг 4 из 12")
            assert await done_steps(world) == ["sign_in", "download", "read"]


def data_of(message: Message, label: str) -> str:
    return next(button.data or "" for row in message.buttons for button in row if button.text == label)
