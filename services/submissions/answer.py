"""What a person is answered at once when a file came in."""

from services.conversation.reply import Reply
from services.conversation.screen import Screen
from services.submissions import screens
from services.submissions.receipt import Received, TooLarge, WhichCollege
from services.texts import Texts


def answer(texts: Texts, received: Received) -> Reply | Screen | None:
    """Nothing for a file that is on its way: the batch's progress line speaks for it."""
    if isinstance(received, TooLarge):
        return Reply(messages=(screens.too_large(texts, received),))
    if isinstance(received, WhichCollege):
        return screens.which_college(texts, received.colleges)
    return None
