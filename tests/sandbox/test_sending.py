"""What the bot sends, edits and deletes: what the person then sees, and each refusal in the server's words."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    ReplyParameters,
)
from aiohttp import ClientResponseError

from sandbox.client import Messenger, Person
from sandbox.server import Sandbox
from tests.planted import TOKEN
from tests.sandbox.conftest import picture
from tests.sandbox.test_polling import raw


def keys(*labels: str, **fields) -> InlineKeyboardMarkup:
    fields = fields or {"callback_data": "go"}
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=label, **fields) for label in labels]])


def file(content: bytes, name: str = "scan.pdf") -> BufferedInputFile:
    return BufferedInputFile(content, name)


async def test_formatting_reaches_the_person(bot: Bot, petr: Person):
    await bot.send_message(
        petr.id, "<b>Шаг 5</b> &lt;b&gt;&amp; <code>x</code> https://example.org/a", parse_mode="HTML"
    )
    message = await petr.waits_for("Шаг 5")
    assert message.text == "Шаг 5 <b>& x https://example.org/a"
    assert message.html.startswith("<b>Шаг 5</b> &lt;b&gt;&amp; <code>x</code>")
    assert {"type": "url", "offset": 13, "length": 21} in message.raw["entities"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("ё<script>", 'Unsupported start tag "script" at byte offset 2'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_broken_html_is_refused(bot: Bot, petr: Person, source: str, reason: str):
    with pytest.raises(TelegramBadRequest) as refusal:
        await bot.send_message(petr.id, source, parse_mode="HTML")
    assert refusal.value.message == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 1, "text": ""}, "chat not found"),
        ({"chat_id": "PETR"}, "message text is empty"),
        ({"chat_id": "PETR", "text": "   "}, "message text is empty"),
        ({"chat_id": "PETR", "text": "ё" * 4097}, "message is too long"),
        ({"chat_id": "PETR", "text": "😀" * 2049}, "message is too long"),
        ({"chat_id": "PETR", "text": "x", "parse_mode": "Nonsense"}, "unsupported parse_mode"),
        ({"chat_id": "PETR", "text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"chat_id": "PETR", "text": "x", "txet": "y"}, 'unknown parameter "txet"'),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
    ],
)
async def test_wrong_requests_are_refused(messenger: Messenger, petr: Person, values: dict, reason: str):
    asked = {name: petr.id if value == "PETR" else value for name, value in values.items()}
    body, status = await raw(messenger, f"/bot{TOKEN}/sendMessage", json=asked)
    assert (status, body["description"]) == (400, f"Bad Request: {reason}")


@pytest.mark.parametrize("boundary", ["; boundary=X", ""])
async def test_a_broken_form_is_refused(messenger: Messenger, bot: Bot, boundary: str):
    headers = {"Content-Type": f"multipart/form-data{boundary}"}
    body, status = await raw(messenger, f"/bot{TOKEN}/sendDocument", data=b"garbage", headers=headers)
    assert (status, body["description"]) == (400, "Bad Request: can't parse multipart form data")


async def test_an_unknown_method_is_not_found(messenger: Messenger, bot: Bot):
    body, status = await raw(messenger, f"/bot{TOKEN}/sendNonsense")
    assert (status, body["description"]) == (404, "Not Found: method not found")


async def test_4096_units_are_allowed_with_any_markup(bot: Bot, petr: Person):
    message = await bot.send_message(petr.id, f"<b>{'😀' * 2048}</b>", parse_mode="HTML")
    assert len(message.text) == 2048


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (keys("x", callback_data="ж" * 33), "BUTTON_DATA_INVALID"),
        (keys("x", url="ftp://example.org"), "Unsupported URL protocol"),
        (keys(" "), 'Field "text" must be non-empty'),
        (keys("x", style="purple", callback_data="go"), "invalid button style"),
    ],
)
async def test_wrong_buttons_are_refused(bot: Bot, petr: Person, markup: InlineKeyboardMarkup, reason: str):
    with pytest.raises(TelegramBadRequest, match=reason):
        await bot.send_message(petr.id, "x", reply_markup=markup)


async def test_an_edit_is_seen_and_the_same_again_is_refused(bot: Bot, petr: Person):
    card = await bot.send_message(petr.id, "before", reply_markup=keys("Go", style="primary", callback_data="go"))
    await bot.edit_message_text("after", chat_id=petr.id, message_id=card.message_id, reply_markup=keys("Back"))
    message = await petr.waits_for("after")
    assert (message.id, message.labels()) == (card.message_id, ["Back"])
    assert message.edit_date
    with pytest.raises(TelegramBadRequest, match="message is not modified: specified new message content and reply"):
        await bot.edit_message_text("after", chat_id=petr.id, message_id=card.message_id, reply_markup=keys("Back"))


async def test_what_cannot_be_edited(bot: Bot, petr: Person):
    theirs = await petr.says("mine")
    card = await bot.send_message(petr.id, "card")
    scan = await bot.send_document(petr.id, file(b"%PDF-"))
    for message_id, reason in [
        (9999, "message to edit not found"),
        (theirs.id, "message can't be edited"),
        (scan.message_id, "there is no text in the message to edit"),
    ]:
        with pytest.raises(TelegramBadRequest, match=reason):
            await bot.edit_message_text("x", chat_id=petr.id, message_id=message_id)
    with pytest.raises(TelegramBadRequest, match="there is no caption in the message to edit"):
        await bot.edit_message_caption(chat_id=petr.id, message_id=card.message_id, caption="x")


async def test_caption_keyboard_and_media_edits(bot: Bot, petr: Person):
    photo = await bot.send_photo(petr.id, file(picture(), "a.png"), caption="first", reply_markup=keys("Go"))
    address = {"chat_id": petr.id, "message_id": photo.message_id}
    await bot.edit_message_caption(**address, caption="second", reply_markup=keys("Go"))
    assert (await petr.waits_for("second")).labels() == ["Go"]
    await bot.edit_message_reply_markup(**address, reply_markup=keys("Stay"))
    assert await petr.buttons() == ["Stay"]
    media = InputMediaPhoto(media=file(picture(shade=10), "b.png"), caption="third")
    await bot.edit_message_media(media, **address)
    message = await petr.waits_for("third")
    assert (message.labels(), message.photo.width) == ([], 400)


async def test_deleting(bot: Bot, petr: Person, messenger: Messenger):
    first, second = [await bot.send_message(petr.id, text) for text in ("one", "two")]
    await bot.delete_message(petr.id, first.message_id)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(petr.id, first.message_id)
    await bot.delete_messages(petr.id, [first.message_id, second.message_id])
    assert [m.words for m in await petr.messages() if m.from_bot and not m.deleted] == []


async def test_an_album_arrives_as_one_group(bot: Bot, petr: Person):
    media = [InputMediaPhoto(media=file(picture(), f"{n}.png"), caption=f"page {n}") for n in range(10)]
    sent = await bot.send_media_group(petr.id, media)
    assert len({message.media_group_id for message in sent}) == 1
    seen = [m for m in await petr.messages() if m.photo]
    assert [m.caption for m in seen] == [f"page {n}" for n in range(10)]


async def test_albums_of_wrong_sizes_and_kinds(bot: Bot, petr: Person):
    photo, document = InputMediaPhoto(media=file(picture(), "a.png")), InputMediaDocument(media=file(b"x"))
    for media, reason in [
        ([photo], "media group must include 2-10 items"),
        ([photo] * 11, "too many messages to send as an album"),
        ([photo, document], "can't use the media of the specified type in the album"),
    ]:
        with pytest.raises(TelegramBadRequest, match=reason):
            await bot.send_media_group(petr.id, media)


async def test_a_file_id_is_opaque_and_can_be_sent_again(bot: Bot, petr: Person):
    sent = await bot.send_document(petr.id, file(b"%PDF-1.7", "one.pdf"))
    again = await bot.send_document(petr.id, sent.document.file_id)
    assert again.document.file_unique_id == sent.document.file_unique_id
    with pytest.raises(TelegramBadRequest, match="can't use file of type Document as Photo"):
        await bot.send_photo(petr.id, sent.document.file_id)
    with pytest.raises(TelegramBadRequest, match="wrong file identifier/HTTP URL specified"):
        await bot.send_document(petr.id, "BQACAgIAAxkBAAnonsense")


async def test_uploads_beyond_the_limits(bot: Bot, petr: Person):
    too_big = bytes(10 * 1024 * 1024 + 1)
    with pytest.raises(TelegramBadRequest, match="file of size 10485761 bytes is too big for a photo"):
        await bot.send_photo(petr.id, file(too_big, "a.jpg"))
    with pytest.raises(TelegramBadRequest, match="file must be non-empty"):
        await bot.send_document(petr.id, file(b""))
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(petr.id, file(b"not a picture", "a.jpg"))


async def test_more_than_50_megabytes_are_not_taken(bot: Bot, petr: Person):
    with pytest.raises(TelegramEntityTooLarge, match="Request Entity Too Large"):
        await bot.send_document(petr.id, file(bytes(50 * 1024 * 1024 + 1)))


async def test_a_blocked_bot_may_not_write(bot: Bot, petr: Person):
    await petr.blocks()
    with pytest.raises(TelegramForbiddenError, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(petr.id, "x")
    (update,) = await bot.get_updates()
    assert update.my_chat_member.new_chat_member.status == "kicked"
    await petr.unblocks()
    await bot.send_message(petr.id, "back again")
    assert await petr.waits_for("back again")


async def test_nobody_is_written_to_before_they_start(bot: Bot, petr: Person, messenger: Messenger):
    irina = await messenger.with_role("coordinator")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(irina.id, "x")


async def test_too_many_messages_at_once(bot: Bot, petr: Person):
    with pytest.raises(TelegramRetryAfter) as caught:
        await flood(bot, petr)
    assert 1 <= caught.value.retry_after <= 2
    assert "Too Many Requests: retry after" in caught.value.message


async def flood(bot: Bot, person: Person) -> None:
    for number in range(30):
        await bot.send_message(person.id, str(number))


async def test_limits_can_be_switched_off(bot: Bot, petr: Person, messenger: Messenger):
    await messenger.limits(enabled=False)
    for number in range(40):
        await bot.send_message(petr.id, str(number))


async def test_replies_show_what_they_answer(bot: Bot, petr: Person):
    asked = await petr.says("question")
    sent = await bot.send_message(petr.id, "answer", reply_parameters=ReplyParameters(message_id=asked.id))
    assert sent.reply_to_message.text == "question"
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(petr.id, "answer", reply_parameters=ReplyParameters(message_id=9999))


async def test_copy_and_forward(bot: Bot, petr: Person):
    asked = await petr.says("original")
    await bot.copy_message(petr.id, petr.id, asked.id)
    forwarded = await bot.forward_message(petr.id, petr.id, asked.id)
    assert await petr.receives("original") == 2
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("x", chat_id=petr.id, message_id=forwarded.message_id)


async def test_what_a_bot_says_of_itself(bot: Bot, sandbox: Sandbox):
    await bot.set_my_name("Помощник")
    await bot.set_my_description("описание")
    assert (await bot.get_me()).first_name == "Помощник"
    assert (await bot.get_my_description()).description == "описание"
    assert (await bot.get_webhook_info()).url == ""


async def test_an_unheard_method_is_named(messenger: Messenger, bot: Bot):
    body, status = await raw(messenger, f"/bot{TOKEN}/sendDice", json={"chat_id": 1})
    assert (status, body["description"]) == (400, "Bad Request: method sendDice is not supported by the sandbox")


async def test_no_way_leads_elsewhere(messenger: Messenger, bot: Bot):
    with pytest.raises(ClientResponseError, match="404"):
        await bot.download_file("documents/file_..%2F..%2Fetc%2Fpasswd")
