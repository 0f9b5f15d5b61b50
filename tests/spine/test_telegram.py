"""The one taxonomy of the Bot API's refusals, met over the wire; and buttons as Telegram carries them."""

import pytest
from aiogram.exceptions import AiogramError, ClientDecodeError, TelegramAPIError
from hypothesis import given
from hypothesis import strategies as st

from sandbox.state.faults import Fault
from services.conversation.screen import Action, Link, Screen, Style, from_json, to_json
from services.telegram.errors import Fate, refused
from services.telegram.gateway import Gone, Later, TooBig, translated
from services.telegram.plain import pieces, plain
from services.telegram.press import Press, keyboard
from tests.spine.parts import Post

ANSWERS = [
    (429, "Too Many Requests: retry after 7", Fate.SLOW_DOWN),
    (403, "Forbidden: bot was blocked by the user", Fate.UNREACHABLE),
    (403, "Forbidden: user is deactivated", Fate.UNREACHABLE),
    (403, "Forbidden: bot can't initiate conversation with a user", Fate.UNREACHABLE),
    (400, "Bad Request: USER_IS_BLOCKED", Fate.UNREACHABLE),
    (400, "Bad Request: PEER_ID_INVALID", Fate.UNREACHABLE),
    (400, "Bad Request: chat not found", Fate.UNREACHABLE),
    (400, "Bad Request: message is not modified: specified new message content", Fate.NOT_MODIFIED),
    (400, "Bad Request: message to edit not found", Fate.MESSAGE_GONE),
    (400, "Bad Request: message can't be edited", Fate.MESSAGE_GONE),
    (400, "Bad Request: MESSAGE_ID_INVALID", Fate.MESSAGE_GONE),
    (400, "Bad Request: there is no text in the message to edit", Fate.MESSAGE_GONE),
    (400, "Bad Request: can't parse entities: Unsupported start tag", Fate.BAD_MARKUP),
    (400, "Bad Request: message is too long", Fate.TOO_LONG),
    (400, "Bad Request: message caption is too long", Fate.TOO_LONG),
    (400, "Bad Request: MEDIA_CAPTION_TOO_LONG", Fate.TOO_LONG),
    (400, "Bad Request: file is too big", Fate.TOO_BIG),
    (413, "Request Entity Too Large", Fate.TOO_BIG),
    (400, "Bad Request: wrong file identifier/HTTP URL specified", Fate.FILE_GONE),
    (400, "Bad Request: wrong remote file identifier specified: Wrong string length", Fate.FILE_GONE),
    (400, "Bad Request: wrong file_id or the file is temporarily unavailable", Fate.FILE_GONE),
    (400, "Bad Request: invalid file_id", Fate.FILE_GONE),
    (400, "Bad Request: query is too old and response timeout expired or query ID is invalid", Fate.STALE_PRESS),
    (401, "Unauthorized", Fate.UNAUTHORIZED),
    (409, "Conflict: terminated by other getUpdates request", Fate.CONFLICT),
    (500, "Internal Server Error", Fate.LATER),
    (502, "Bad Gateway", Fate.LATER),
    (500, "Internal Server Error: restart", Fate.LATER),
    (400, "Bad Request: something new", Fate.BUG),
    (404, "Not Found: method not found", Fate.BUG),
]


async def test_every_fate_over_the_wire(sqlite_post: Post):
    found = []
    for status, text, _ in ANSWERS:
        wait = 7 if status == 429 else None
        sqlite_post.fault(method="getMe", status=status, description=text, retry_after=wait)
        found.append((status, text, refused(await failed(sqlite_post)).fate))
    assert found == ANSWERS


async def failed(post: Post) -> AiogramError:
    with pytest.raises(AiogramError) as failure:
        await post.bot.get_me()
    return failure.value


async def test_how_long_to_wait_is_read(sqlite_post: Post):
    sqlite_post.fault(method="getMe", retry_after=7)
    assert refused(await failed(sqlite_post)).wait_s == 7


async def test_no_answer_at_all(sqlite_post: Post):
    sqlite_post.fault(method="getMe", drop="before")
    assert refused(await failed(sqlite_post)).fate == Fate.NO_ANSWER
    assert refused(ClientDecodeError("html", ValueError(), "<html>")).fate == Fate.NO_ANSWER


async def test_real_refusals_of_the_messenger(sqlite_post: Post):
    person = await sqlite_post.person()
    send = sqlite_post.bot.send_message
    told = [await fate(send(1, "нет такого чата")), await fate(send(person.id, "<b>не закрыто"))]
    told += [await fate(send(person.id, "ю" * 4097)), await fate(sqlite_post.bot.get_file("нет-такого"))]
    told.append(await fate(sqlite_post.bot.edit_message_text("x", chat_id=person.id, message_id=9999)))
    told.append(await fate(sqlite_post.bot.answer_callback_query("1")))
    await person.blocks()
    told.append(await fate(send(person.id, "x")))
    assert told == [
        Fate.UNREACHABLE,
        Fate.BAD_MARKUP,
        Fate.TOO_LONG,
        Fate.FILE_GONE,
        Fate.MESSAGE_GONE,
        Fate.STALE_PRESS,
        Fate.UNREACHABLE,
    ]


async def fate(call) -> Fate:
    try:
        await call
    except AiogramError as error:
        return refused(error).fate
    raise AssertionError("it was not refused")


async def test_downloads_end_in_one_of_three_ways(sqlite_post: Post, tmp_path):
    person = await sqlite_post.person()
    message = await person.sends(("1.bin", b"12345"))
    remote = await remote_id(sqlite_post)
    gateway = sqlite_post.deliver.gateway
    await gateway.download(sqlite_post.bot.id, remote, tmp_path / "got")
    assert (tmp_path / "got").read_bytes() == b"12345"
    assert message
    with pytest.raises(Gone):
        await gateway.download(sqlite_post.bot.id, "нет-такого", tmp_path / "none")
    for how in ({"status": 500}, {"drop": "before"}, {"retry_after": 9}):
        sqlite_post.sandbox.world.faults.add(Fault.parse({"method": "getFile", **how}))
        with pytest.raises(Later) as later:
            await gateway.download(sqlite_post.bot.id, remote, tmp_path / "later")
    assert later.value.retry_after == 9
    for how in ({"status": 500}, {"drop": "before", "times": 2}):
        sqlite_post.sandbox.world.faults.add(Fault.parse({"method": "download", **how}))
        with pytest.raises(Later):
            await gateway.download(sqlite_post.bot.id, remote, tmp_path / "later")
    await person.sends_declared("большой.pdf", 20 * 1024 * 1024 + 1)
    with pytest.raises(TooBig):
        await gateway.download(sqlite_post.bot.id, await remote_id(sqlite_post), tmp_path / "big")


async def remote_id(post: Post) -> str:
    updates = await post.bot.get_updates(offset=-1)
    return updates[-1].message.document.file_id


def test_an_unknown_failure_of_a_download_is_no_reason_to_lose_the_file():
    assert isinstance(translated(TelegramAPIError(method=None, message="file is temporarily unavailable")), Later)


@given(st.text(max_size=80))
def test_forged_callback_data_never_raises(data):
    press = Press.unpack(data)
    assert press is None or 0 <= press.participation < 2**63


@given(st.from_regex(r"[a-z_]{1,16}", fullmatch=True), st.integers(0, 2**63 - 1), st.text("0123456789-:.", max_size=20))
def test_a_press_comes_back_as_it_was(name, participation, argument):
    data = Press(name, participation, argument).pack()
    assert len(data.encode()) <= 64
    press = Press.unpack(data)
    assert (press.name, press.participation, press.argument) == (name, participation, argument)


def test_data_over_64_bytes_is_our_fault_and_found_at_once():
    with pytest.raises(ValueError, match="64 bytes"):
        Press("шаг", 1, "я" * 40).pack()


def test_a_keyboard():
    rows = ((Action("Да", "yes", 7, "x", Style.MAIN), Action("Нет", "no")), (Link("Порядок", "https://example.org"),))
    made = keyboard(Screen("т", rows))
    assert [[button.text for button in row] for row in made.inline_keyboard] == [["Да", "Нет"], ["Порядок"]]
    assert made.inline_keyboard[0][0].callback_data == "yes|7|x"
    assert made.inline_keyboard[0][0].style == "primary"
    assert keyboard(Screen("т")) is None
    assert from_json(to_json(Screen("т", rows))) == Screen("т", rows)


@given(st.text(max_size=300), st.integers(2, 50))
def test_pieces_lose_nothing_and_fit(words, most):
    cut = pieces(words, most)
    assert "".join(cut) == words
    assert all(len(piece.encode("utf-16-le", "surrogatepass")) // 2 <= most for piece in cut)


def test_plain_words():
    assert plain('<b>раз</b> <a href="https://x">два</a> &lt;три&gt; 1 < 2') == "раз два <три> 1 < 2"
