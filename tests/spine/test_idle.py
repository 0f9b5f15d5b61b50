"""A loop sleeps while there is nothing to do."""

import asyncio

from services.conversation.screen import Screen
from tests.spine.parts import open_post


async def test_looking_for_work_is_no_work(sqlite_url, tmp_path):
    async with open_post(sqlite_url, tmp_path) as post:
        person = await post.person()
        looks = 0
        claim = post.queue.claim

        async def counted(*arguments):
            nonlocal looks
            looks += 1
            return await claim(*arguments)

        post.queue.claim = counted
        async with post.sending():
            await post.say(person, Screen("раз"))
            await person.waits_for("раз", 10)
            await asyncio.sleep(0.3)
            before = looks
            await asyncio.sleep(2.5)
        assert looks - before <= 4
