"""deleteMessage, deleteMessages."""

from sandbox.api.call import Call, Method
from sandbox.api.errors import bad_request
from sandbox.state.chats import Chat, Message

DELETABLE_FOR_S = 48 * 3600
MOST_AT_ONCE = 100


def _delete(call: Call, chat: Chat, message: Message) -> None:
    message.deleted = True
    call.world.changed(call.bot, chat, message, "deleted")


def _too_old(call: Call, message: Message) -> bool:
    return call.world.clock.now() - message.date > DELETABLE_FOR_S


async def delete_message(call: Call) -> bool:
    chat = call.chat(call.person())
    message = chat.alive(call.values["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if _too_old(call, message):
        raise bad_request("message can't be deleted for everyone")
    _delete(call, chat, message)
    return True


async def delete_messages(call: Call) -> bool:
    """Those that cannot be found are passed over."""
    chat = call.chat(call.person())
    wanted = call.values["message_ids"]
    if not wanted:
        raise bad_request("message identifiers are not specified")
    if len(wanted) > MOST_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    for message in filter(None, (chat.alive(int(number)) for number in wanted)):
        if not _too_old(call, message):
            _delete(call, chat, message)
    return True


METHODS: dict[str, Method] = {"deleteMessage": delete_message, "deleteMessages": delete_messages}
