"""What a person is answered at once when a file came in."""

from services.conversation.reply import Reply
from services.conversation.screen import Link, Screen
from services.submissions import screens
from services.submissions.receipt import Received, TooLarge, WhichCollege
from services.texts import Texts
from services.uploads.offer_link import with_links


def answer(texts: Texts, received: Received, links: tuple[Link, ...] = ()) -> Reply | Screen | None:
    """Nothing for a file that is on its way: the batch's progress line speaks for it.

    `links` lead to the page that takes larger files.
    """
    if isinstance(received, TooLarge):
        return Reply(messages=(with_links(screens.too_large(texts, received), links, texts("web.chat.too_large")),))
    if isinstance(received, WhichCollege):
        return screens.which_college(texts, received.colleges)
    return None
