"""The Bot API: does its server answer, does it know the token, where does it send updates, what time has it?"""

import time
from urllib.parse import urlsplit

from bot.doctor.finding import Finding, fail, ok, skipped, warn
from bot.doctor.server import NOBODY, Answer, SilentError, ask
from bot.intake.webhook import PATH
from bot.make_bot import make_bot
from bot.settings import Mode, TelegramSettings
from bot.settings_in_force import without_passwords

CLOUD = "api.telegram.org"
TOLD_FROM_S = 5.0
WRONG_FROM_S = 60.0
"""Links and messages carry times; a minute is what they forgive."""

RECENT_S = 3600.0
MANY_PENDING = 100
OF_THE_SERVER = ("token", "webhook", "clock")


async def examine_telegram(settings: TelegramSettings) -> list[Finding]:
    """The address first: where nobody answers, the rest cannot be known."""
    token = settings.token.get_secret_value()
    known = settings.model_copy(update={"token": settings.token if token else type(settings.token)(NOBODY)})
    bot = make_bot(known)
    address = without_passwords(settings.api_url)
    try:
        me = await ask(bot, "getMe")
        webhook = await ask(bot, "getWebhookInfo") if me.status == 200 else None
    except SilentError as silent:
        host = urlsplit(settings.api_url).hostname or ""
        rest = [skipped(check) for check in OF_THE_SERVER]
        return [fail("api", silent.code, address=address, host=host), *rest]
    finally:
        await bot.session.close()
    return [
        files_as_paths(settings) or ok("api", address=address),
        of_token(me, given=bool(token)),
        of_webhook(webhook, settings) if webhook else skipped("webhook"),
        of_clock(me),
    ]


def files_as_paths(settings: TelegramSettings) -> Finding | None:
    if settings.local_files and urlsplit(settings.api_url).hostname == CLOUD:
        return fail("api", "cloud_has_no_paths")
    return None


def of_token(me: Answer, *, given: bool) -> Finding:
    if not given:
        return fail("token", "missing")
    if me.status == 200:
        return ok("token", name=str(me.result.get("username", "")), number=int(me.result.get("id", 0)))
    if me.status in (401, 404):
        return fail("token", "unknown")
    return warn("token", "busy", status=me.status)


def of_webhook(answer: Answer, settings: TelegramSettings) -> Finding:
    """With polling there must be none: the server gives updates to one of the two only."""
    url = str(answer.result.get("url", ""))
    if settings.mode == Mode.POLLING:
        return fail("webhook", "while_polling", url=without_passwords(url)) if url else ok("webhook")
    ours = settings.webhook_url.rstrip("/") + PATH
    if not url:
        return warn("webhook", "not_set", ours=without_passwords(ours))
    if url != ours:
        return fail("webhook", "elsewhere", url=without_passwords(url), ours=without_passwords(ours))
    return delivered(answer, ours)


def delivered(answer: Answer, ours: str) -> Finding:
    pending, failed_at = int(answer.result.get("pending_update_count", 0)), answer.result.get("last_error_date")
    if failed_at and time.time() - float(failed_at) < RECENT_S and pending:
        why = str(answer.result.get("last_error_message", ""))[:200]
        return fail("webhook", "not_delivered", ours=without_passwords(ours), why=without_passwords(why))
    return warn("webhook", "pending", n=pending) if pending > MANY_PENDING else ok("webhook")


def of_clock(me: Answer) -> Finding:
    if me.ahead_s is None:
        return skipped("clock", "no_date")
    seconds = round(abs(me.ahead_s))
    if seconds <= TOLD_FROM_S:
        return ok("clock")
    code = "behind" if me.ahead_s > 0 else "ahead"
    return (fail if seconds >= WRONG_FROM_S else warn)("clock", code, seconds=seconds)
