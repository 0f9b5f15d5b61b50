"""The first word with the Bot API's server, before anything is promised: does it know our token?"""

import structlog
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError

from bot.make_bot import make_bot
from bot.settings import TelegramSettings
from services.telegram.errors import refused

log = structlog.get_logger(__name__)

ASK_FOR_S = 5


async def server_answers(settings: TelegramSettings) -> bool:
    """True where the server knows the bot; False where it cannot be asked now, which is no reason not to start.

    Raises TelegramUnauthorizedError where it does not know the token.
    """
    bot = make_bot(settings)
    try:
        await bot.get_me(request_timeout=ASK_FOR_S)
    except TelegramUnauthorizedError:
        raise
    except AiogramError as error:
        log.warning("serve.no_server", fate=refused(error).fate)
        return False
    else:
        return True
    finally:
        await bot.session.close()
