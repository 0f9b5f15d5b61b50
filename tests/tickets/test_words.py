"""What a Telegram message says to support: words, a photo, a file, or nothing that can be passed on."""

import time
from typing import Any

import pytest
from aiogram.types import Message

from services.telegram.words import words_of

FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 25 << 20}
SIZES = [{**FILE, "file_id": str(size), "width": size, "height": size} for size in (90, 1280, 320)]


def message(**content: Any) -> Message:
    chat = {"id": 5, "type": "private", "first_name": "П"}
    return Message.model_validate({"message_id": 9, "date": int(time.time()), "chat": chat, **content})


def test_text_is_cleaned_of_what_nobody_sees() -> None:
    assert words_of(message(text=" \u202eпривет\x00\u2066 \n<b>& 👩‍💻 ")).text == "привет \n<b>& 👩‍💻"


def test_the_largest_size_of_a_photo_and_its_caption() -> None:
    words = words_of(message(photo=SIZES, caption="вот", media_group_id="7"))
    assert (words.text, words.attachment["kind"], words.attachment["remote_id"]) == ("вот", "photo", "1280")
    assert (words.album, words.origin) == ("7", "0:5:9")


def test_a_file_of_any_size_with_a_hostile_name() -> None:
    words = words_of(message(document={**FILE, "file_name": "../\u202egpj.exe" + "ы" * 300}))
    assert words.attachment["kind"] == "document"
    assert len(words.attachment["name"]) == 100
    assert "\u202e" not in words.attachment["name"]
    assert words_of(message(document=FILE)).attachment["name"] == "file"


@pytest.mark.parametrize(
    "content",
    [
        {"voice": {**FILE, "duration": 3}, "caption": "слова при голосе"},
        {"sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
        {"animation": {**FILE, "width": 1, "height": 1, "duration": 1}, "document": FILE},
        {"contact": {"phone_number": "1", "first_name": "П"}},
        {"text": " \u200f\u202e\n "},
    ],
    ids=["voice", "sticker", "animation", "contact", "blank"],
)
def test_what_cannot_be_passed_on_is_empty(content: dict[str, Any]) -> None:
    assert words_of(message(**content)).empty
