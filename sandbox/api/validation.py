"""Checks a request against aiogram's own models of the Bot API.

Stricter than the official server in one respect, on purpose: a parameter that the method does not have is refused,
where the official server would silently ignore the slip of the pen.
"""

import json
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from sandbox.api.errors import ApiError, bad_request
from sandbox.api.request import Params

if TYPE_CHECKING:
    from aiogram.methods import TelegramMethod

# What the official server says when a parameter is not there.
MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "media": "media is not specified",
    "file_id": "file_id is not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "action": "wrong parameter action in request",
    "message_ids": "message identifiers are not specified",
}
WRONG = {
    "reply_markup": "can't parse reply keyboard markup JSON object",
    "entities": "can't parse entities: wrong JSON",
    "caption_entities": "can't parse entities: wrong JSON",
    "media": "can't parse InputMedia: wrong JSON",
    "message_id": "message identifier is not specified",
    "chat_id": "chat not found",
}


def validated(model: "type[TelegramMethod[Any]]", params: Params) -> dict[str, Any]:
    """The parameters with JSON texts parsed, checked against the model; values stay plain JSON.

    Raises ApiError 400 in the server's words.
    """
    values = {name: _parsed(model, name, value) for name, value in params.values.items()}
    for name in params.uploads.keys() & model.model_fields.keys():
        values[name] = f"attach://{name}"
    try:
        checked = model.model_validate(values)
    except ValidationError as error:
        raise _refusal(error) from None
    plain = {n: getattr(checked, n) for n in values if not _is_structured(getattr(checked, n))}
    return values | plain


def _is_structured(value: Any) -> bool:
    return isinstance(value, BaseModel | list | dict)


def _parsed(model: "type[TelegramMethod[Any]]", name: str, value: Any) -> Any:
    if name not in model.model_fields:
        raise bad_request(f'unknown parameter "{name}"')
    if not isinstance(value, str) or name not in _json_fields(model):
        return value
    try:
        return json.loads(value)
    except ValueError:
        if _may_be_text(model.model_fields[name].annotation):
            return value
        raise bad_request(WRONG.get(name, f'parameter "{name}" is not valid JSON')) from None


@cache
def _json_fields(model: "type[TelegramMethod[Any]]") -> frozenset[str]:
    """Fields that arrive as JSON texts in a form: objects and lists."""
    return frozenset(name for name, field in model.model_fields.items() if _holds_json(field.annotation))


def _holds_json(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    origin_is_list = getattr(annotation, "__origin__", None) is list
    return origin_is_list or any(_holds_json(part) for part in get_args(annotation))


def _may_be_text(annotation: Any) -> bool:
    return annotation is str or str in get_args(annotation)


def _refusal(error: ValidationError) -> ApiError:
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "missing" and len(first["loc"]) == 1:
        return bad_request(MISSING.get(name, f'parameter "{name}" is required'))
    return bad_request(WRONG.get(name, f'parameter "{name}" is invalid: {first["msg"]}'))
