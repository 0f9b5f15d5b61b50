"""The person's side: files and photos, albums, presses, edits, links, hostile names."""

import asyncio
import io

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BotCommand, BotCommandScopeChat, InlineKeyboardButton, InlineKeyboardMarkup, Message
from PIL import Image

from sandbox.client import Messenger, NothingCame, Person, SandboxError
from tests.sandbox.conftest import picture
from tests.sandbox.test_polling import keyboard

LIMIT = 20 * 1024 * 1024


async def received(bot: Bot) -> list[Message]:
    return [update.message for update in await bot.get_updates() if update.message]


async def test_a_file_arrives_byte_for_byte(bot: Bot, petr: Person):
    await petr.sends(("скан № 1.pdf", b"%PDF-1.7 content"), caption="вот скан")
    (message,) = await received(bot)
    assert (message.document.file_name, message.document.mime_type) == ("скан № 1.pdf", "application/pdf")
    assert (message.document.file_size, message.caption) == (16, "вот скан")
    downloaded = await bot.download(message.document)
    assert downloaded.read() == b"%PDF-1.7 content"


@pytest.mark.parametrize(("size", "fits"), [(LIMIT - 1, True), (LIMIT, True), (LIMIT + 1, False), (2 * 1024**3, False)])
async def test_downloads_end_at_20_megabytes(bot: Bot, petr: Person, size: int, fits: bool):
    await petr.sends_declared("big.pdf", size)
    (message,) = await received(bot)
    assert message.document.file_size == size
    if fits:
        assert (await bot.get_file(message.document.file_id)).file_size == size
    else:
        with pytest.raises(TelegramBadRequest, match="Bad Request: file is too big"):
            await bot.get_file(message.document.file_id)


async def test_a_photo_is_recompressed_without_its_dpi(bot: Bot, petr: Person, messenger: Messenger):
    (sent,) = await petr.sends(("page.png", picture(2480, 3508)), as_="photo")
    (message,) = await received(bot)
    sizes = [(photo.width, photo.height) for photo in message.photo]
    assert sizes == [(64, 90), (226, 320), (566, 800), (905, 1280)]
    content = (await bot.download(message.photo[-1])).read()
    with Image.open(io.BytesIO(content)) as seen:
        assert (seen.format, seen.size, seen.info.get("dpi")) == ("JPEG", (905, 1280), None)
    assert await messenger.download(sent.photo) == content


async def test_what_is_no_picture_cannot_be_a_photo(petr: Person):
    with pytest.raises(SandboxError, match=r"scan\.pdf нельзя отправить как фото") as refusal:
        await petr.sends(("scan.pdf", b"%PDF"), as_="photo")
    assert refusal.value.code == "not_a_picture"


async def test_an_album_is_separate_updates_of_one_group(bot: Bot, petr: Person):
    await petr.sends([(f"{n}.pdf", b"%PDF") for n in range(12)], album=True, caption="first only")
    messages = await received(bot)
    groups = [message.media_group_id for message in messages]
    assert (len(set(groups[:10])), len(set(groups[10:])), len(set(groups))) == (1, 1, 2)
    assert [message.caption for message in messages] == ["first only"] + [None] * 11


async def test_files_without_album_have_no_group(bot: Bot, petr: Person):
    await petr.sends([("a.pdf", b"%PDF"), ("b.pdf", b"%PDF")])
    assert [message.media_group_id for message in await received(bot)] == [None, None]


async def test_a_press_and_its_answer(bot: Bot, petr: Person):
    await bot.send_message(petr.id, "card", reply_markup=keyboard())

    async def answers() -> None:
        (update,) = await bot.get_updates(timeout=5)
        assert update.callback_query.data == "go"
        await bot.answer_callback_query(update.callback_query.id, text="gone", show_alert=True)

    pressed, _ = await asyncio.gather(petr.presses("go"), answers())
    assert (pressed.answered, pressed.text, pressed.show_alert) == (True, "gone", True)


async def test_the_first_answer_counts(bot: Bot, petr: Person):
    card = await bot.send_message(petr.id, "card", reply_markup=keyboard())

    async def answers() -> None:
        (update,) = await bot.get_updates(timeout=5)
        assert await bot.answer_callback_query(update.callback_query.id, text="first")
        assert await bot.answer_callback_query(update.callback_query.id, text="second")

    pressed, _ = await asyncio.gather(petr.presses_data(card.message_id, "go"), answers())
    assert pressed.text == "first"


async def test_a_button_that_was_there_can_still_be_pressed(bot: Bot, petr: Person):
    card = await bot.send_message(petr.id, "card", reply_markup=keyboard())
    await bot.edit_message_text("no buttons", chat_id=petr.id, message_id=card.message_id)
    await petr.presses("Go", message_id=card.message_id, timeout=0)
    await petr.presses_data(card.message_id, "made up", wait=0)
    presses = [update.callback_query for update in await bot.get_updates()]
    assert [press.data for press in presses] == ["go", "made up"]
    assert presses[0].message.text == "no buttons"


async def test_a_button_that_never_was_is_named(bot: Bot, petr: Person):
    card = await bot.send_message(petr.id, "card", reply_markup=keyboard())
    with pytest.raises(SandboxError, match="no_button"):
        await petr.presses("Завершить", message_id=card.message_id)
    with pytest.raises(NothingCame, match="Завершить"):
        await petr.presses("Завершить", timeout=0.1)


async def test_an_edited_message_is_told(bot: Bot, petr: Person):
    asked = await petr.says("first")
    await petr.edits(asked.id, "second")
    edited = (await bot.get_updates())[-1].edited_message
    assert (edited.message_id, edited.text) == (asked.id, "second")
    assert edited.edit_date


async def test_start_links_are_sent_as_a_command(bot: Bot, petr: Person):
    me = await bot.get_me()
    markup = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Enter", url=f"https://t.me/{me.username}?start=abc_1")]]
    )
    await bot.send_message(petr.id, "come in", reply_markup=markup)
    await petr.presses("Enter")
    await petr.opens(f"tg://resolve?domain={me.username}&start=xyz")
    await petr.opens("https://example.org/?start=no")
    assert [message.text for message in await received(bot)] == ["/start abc_1", "/start xyz"]


async def test_long_texts_become_several_messages(bot: Bot, petr: Person):
    await petr.says("😀" * 3000)
    assert [len(message.text) for message in await received(bot)] == [2048, 952]


async def test_a_hostile_name_is_only_a_name(bot: Bot, messenger: Messenger):
    evil = await messenger.add_person("<b>&\"' Ы", "technician")
    await evil.says("/start x")
    (message,) = await received(bot)
    assert message.from_user.first_name == "<b>&\"' Ы"
    assert message.chat.id == evil.id


async def test_waiting_looks_at_what_came_since_the_last_deed(bot: Bot, petr: Person):
    await bot.send_message(petr.id, "old news")
    assert await petr.waits_for("old news", since="start")
    await petr.says("and now?")
    with pytest.raises(NothingCame, match="and now"):
        await petr.waits_for("old news", timeout=0.2)


async def test_nothing_is_possible_before_a_bot_connects(messenger: Messenger):
    petr = await messenger.with_role("technician")
    with pytest.raises(SandboxError, match="Бот ещё не подключился"):
        await petr.says("hello?")


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/people/abc/text", {"text": "x"}, "no_person"),
        ("/people/{petr}/text", {"text": "  "}, "empty_text"),
        ("/people/{petr}/text", [], "not_json"),
        ("/people/{petr}/press", {"message_id": "x", "data": "y"}, "not_a_number"),
        ("/people/{petr}/edit", {"message_id": 999, "text": "y"}, "no_message"),
        ("/people/{petr}/files", {"name": "x", "size": 3 * 1024**3}, "too_large"),
        ("/people", {"name": ""}, "name"),
        ("/faults", {"nonsense": 1}, "fault"),
        ("/faults", {"status": "abc"}, "fault"),
        ("/faults", {"status": 500, "times": "many"}, "fault"),
        ("/faults", {}, "fault"),
        ("/people", {"name": "x", "id": 1 << 60}, "not_a_number"),
        ("/clock", {"advance_s": "soon"}, "not_a_number"),
    ],
)
async def test_slips_are_explained(messenger: Messenger, petr: Person, path: str, body, code: str):
    with pytest.raises(SandboxError) as refusal:
        await messenger.call("POST", path.format(petr=petr.id), json=body)
    assert refusal.value.code == code
    assert "refused." not in str(refusal.value)


async def test_a_foreign_page_may_do_nothing(messenger: Messenger, petr: Person):
    with pytest.raises(SandboxError, match="foreign_page"):
        await messenger.call("POST", "/reset", headers={"Origin": "http://evil.example"})


async def test_the_menu_shows_the_narrowest_commands(bot: Bot, petr: Person, messenger: Messenger):
    everyone, own = BotCommand(command="help", description="Помощь"), BotCommand(command="step", description="Шаг")
    await bot.set_my_commands([everyone])
    await bot.set_my_commands([own], scope=BotCommandScopeChat(chat_id=petr.id))
    irina = await messenger.with_role("coordinator")
    menus = [(await messenger.call("GET", f"/people/{person.id}/commands"))[0] for person in (petr, irina)]
    assert [[item["command"] for item in menu] for menu in menus] == [["step"], ["help"]]
