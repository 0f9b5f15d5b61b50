"""setWebhook, deleteWebhook, getWebhookInfo. Here a webhook is an http address on loopback."""

import ipaddress
import re
from typing import Any

from sandbox.api.addresses import split_address
from sandbox.api.call import Call, Described, Method
from sandbox.api.errors import bad_request
from sandbox.state.bots import Webhook
from sandbox.state.delivery import Delivery, RunReply

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
MOST_CONNECTIONS = 100
USUAL_CONNECTIONS = 40
BY_WEBHOOK = "terminated by setWebhook request"


async def delete_webhook(call: Call) -> Described:
    if call.values.get("drop_pending_updates"):
        call.bot.updates.clear()
    was_set, call.bot.webhook = call.bot.webhook is not None, None
    call.bot.updates.wake()
    return Described(result=True, description="Webhook was deleted" if was_set else "Webhook is already deleted")


async def webhook_info(call: Call) -> dict[str, Any]:
    webhook, queue = call.bot.webhook, call.bot.updates
    info: dict[str, Any] = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(queue.all()),
    }
    if webhook:
        info["max_connections"] = webhook.max_connections
        if webhook.last_error:
            info |= {"last_error_date": webhook.last_error_at, "last_error_message": webhook.last_error}
    return info | ({"allowed_updates": sorted(queue.allowed)} if queue.allowed else {})


def methods(run_reply: RunReply) -> dict[str, Method]:
    """``run_reply`` runs the API call that a webhook's answer may carry."""

    async def set_webhook(call: Call) -> Described:
        if not call.values.get("url"):
            return await delete_webhook(call)
        webhook = _webhook(call.values)
        if call.values.get("allowed_updates") is not None:
            call.bot.updates.allowed = frozenset(call.values["allowed_updates"])
        if call.values.get("drop_pending_updates"):
            call.bot.updates.clear()
        if call.bot.webhook and _same(call.bot.webhook, webhook):
            return Described(result=True, description="Webhook is already set")
        call.bot.webhook = webhook
        call.bot.end_poll(BY_WEBHOOK)
        call.bot.updates.wake()
        call.world.nursery.start(Delivery(call.bot, webhook, call.world.clock, call.world.nursery, run_reply).run())
        return Described(result=True, description="Webhook was set")

    return {"setWebhook": set_webhook, "deleteWebhook": delete_webhook, "getWebhookInfo": webhook_info}


def _webhook(values: dict[str, Any]) -> Webhook:
    secret = values.get("secret_token") or None
    if secret and not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _check_address(values["url"])
    connections = int(values.get("max_connections") or USUAL_CONNECTIONS)
    return Webhook(values["url"], secret, min(max(connections, 1), MOST_CONNECTIONS))


def _check_address(url: str) -> None:
    parts = split_address(url)
    if parts.scheme != "http" or not parts.hostname:
        raise bad_request("bad webhook: an http URL on loopback must be provided for webhook in the sandbox")
    try:
        loopback = ipaddress.ip_address(parts.hostname).is_loopback
    except ValueError:
        loopback = parts.hostname == "localhost"
    if not loopback:
        raise bad_request("bad webhook: an http URL on loopback must be provided for webhook in the sandbox")


def _same(one: Webhook, other: Webhook) -> bool:
    return (one.url, one.secret, one.max_connections) == (other.url, other.secret, other.max_connections)
