"""Who the bot is and what it shows of itself: getMe, commands, name, descriptions, getChat, logOut, close."""

import json
import re
from typing import Any

from sandbox.api.call import Call, Method
from sandbox.api.errors import bad_request
from sandbox.state.bots import Bot
from sandbox.state.people import Person

COMMAND_NAME = re.compile(r"[a-z0-9_]{1,32}")


async def get_me(call: Call) -> dict[str, Any]:
    return call.bot.as_user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_chat(call: Call) -> dict[str, Any]:
    person = call.person()
    return person.as_chat() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": NO_GIFTS}


NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def _scope(call: Call) -> str:
    return _key(call.values.get("scope") or {"type": "default"}, call.values.get("language_code") or "")


def _key(scope: dict[str, Any], language: str) -> str:
    """Ids of chats may come as numbers or as texts."""
    return json.dumps([{name: str(value) for name, value in scope.items()}, language], sort_keys=True)


def commands_for(bot: Bot, person: Person, language: str = "ru") -> list[dict[str, Any]]:
    """What the person's menu shows: the narrowest scope wins, then the person's language."""
    scopes: list[dict[str, Any]] = [{"type": "chat", "chat_id": person.id}, {"type": "all_private_chats"}]
    for scope in [*scopes, {"type": "default"}]:
        for spoken in (language, ""):
            if commands := bot.commands.get(_key(scope, spoken)):
                return commands
    return []


async def set_my_commands(call: Call) -> bool:
    for command in call.values["commands"]:
        if not COMMAND_NAME.fullmatch(command["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    call.bot.commands[_scope(call)] = call.values["commands"]
    return True


async def delete_my_commands(call: Call) -> bool:
    call.bot.commands.pop(_scope(call), None)
    return True


async def get_my_commands(call: Call) -> list[dict[str, Any]]:
    return call.bot.commands.get(_scope(call), [])


async def set_my_name(call: Call) -> bool:
    call.bot.name = call.values.get("name") or call.bot.name
    call.world.hub.publish("bots", {}, bot=call.bot.id)
    return True


async def get_my_name(call: Call) -> dict[str, Any]:
    return {"name": call.bot.name}


async def set_my_description(call: Call) -> bool:
    call.bot.description = call.values.get("description") or ""
    return True


async def get_my_description(call: Call) -> dict[str, Any]:
    return {"description": call.bot.description}


async def set_my_short_description(call: Call) -> bool:
    call.bot.short_description = call.values.get("short_description") or ""
    return True


async def get_my_short_description(call: Call) -> dict[str, Any]:
    return {"short_description": call.bot.short_description}


async def accepted(_: Call) -> bool:
    """logOut, close: nothing here depends on them."""
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "getChat": get_chat,
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyCommands": get_my_commands,
    "setMyName": set_my_name,
    "getMyName": get_my_name,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "setChatMenuButton": accepted,
    "logOut": accepted,
    "close": accepted,
}
