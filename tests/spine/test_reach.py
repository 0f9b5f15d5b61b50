"""Who can be reached: marked by the messenger's own word, and cleared by the person's next message."""

from tests.spine.parts import until
from tests.wired.world import open_world


async def test_who_blocks_the_bot_is_marked_and_who_comes_back_is_not(database_url, tmp_path):
    async with open_world(database_url, tmp_path) as world:
        petr = await world.technician()
        await petr.blocks()

        async def marked() -> bool:
            [account] = await world.read("SELECT unreachable_since, unreachable_why FROM account")
            return account["unreachable_why"] == "unreachable" and account["unreachable_since"] is not None

        await until(marked)
        await petr.unblocks()
        await petr.says("/start")
        await petr.waits_for(lambda message: bool(message.labels()))
        [account] = await world.read("SELECT unreachable_since, unreachable_why FROM account")
    assert account == {"unreachable_since": None, "unreachable_why": None}
