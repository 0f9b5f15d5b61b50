"""An async client of the person's side: what tests and plays use to act as people.

async with Messenger(url) as messenger:
    petr = await messenger.person(700000001)
    await petr.says("/start token")
    await petr.presses("Начать с шага 1")
    await petr.sends([Path("scan.pdf")])
    verdict = await petr.waits_for("Проверено")
"""

from sandbox.client.errors import NothingCame, SandboxError
from sandbox.client.messages import Attached, Button, Message, Pressed, Wanted
from sandbox.client.messenger import Messenger
from sandbox.client.person import Content, Person

__all__ = [
    "Attached",
    "Button",
    "Content",
    "Message",
    "Messenger",
    "NothingCame",
    "Person",
    "Pressed",
    "SandboxError",
    "Wanted",
]
