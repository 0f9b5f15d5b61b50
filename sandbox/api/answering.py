"""answerCallbackQuery."""

from sandbox.api.call import Call, Method
from sandbox.api.entities import utf16_length
from sandbox.api.errors import QUERY_TOO_OLD, bad_request

MAX_ANSWER = 200


async def answer_callback_query(call: Call) -> bool:
    text = call.values.get("text") or ""
    if utf16_length(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {"text": text, "show_alert": bool(call.values.get("show_alert")), "url": call.values.get("url")}
    press = call.world.presses.answer(call.bot.id, str(call.values["callback_query_id"]), answer)
    if press is None:
        raise bad_request(QUERY_TOO_OLD)
    if text and press.answer.result() is answer:
        call.world.hub.publish("toast", answer, person=press.person_id, bot=call.bot.id)
    return True


METHODS: dict[str, Method] = {"answerCallbackQuery": answer_callback_query}
