"""The menu of commands beside the field for text."""

import asyncio

from tests.wired.world import World


async def test_the_menu_leads_home_and_to_help(world: World) -> None:
    technician = await world.technician()
    for _ in range(100):
        shown, _ = await technician.messenger.call("GET", f"/people/{technician.id}/commands")
        if shown:
            break
        await asyncio.sleep(0.05)
    assert [(row["command"], row["description"]) for row in shown] == [
        ("start", "Главная"),
        ("help", "Помощь и контакты"),
        ("privacy", "Что хранится о вас"),
    ]
