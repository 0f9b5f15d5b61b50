"""aiogram's models of the Bot API, imported when they are first needed: that takes seconds, and the page is to be there
at once.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aiogram.methods import TelegramMethod


@cache
def known_methods() -> dict[str, "type[TelegramMethod[Any]]"]:
    """Every method of the Bot API by its name in lower case."""
    import aiogram.methods  # noqa: PLC0415 (see above)
    from aiogram.methods import TelegramMethod  # noqa: PLC0415 (see above)

    found = {}
    for name in aiogram.methods.__all__:
        method = getattr(aiogram.methods, name)
        if isinstance(method, type) and issubclass(method, TelegramMethod) and method is not TelegramMethod:
            found[name.lower()] = method
    return found
