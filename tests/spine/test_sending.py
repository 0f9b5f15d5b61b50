"""What becomes of a message on its way to the messenger: the real Bot API wire with every kind of trouble."""

import io

from PIL import Image
from sqlalchemy import insert, select, update

from services.accounts.models import Account
from services.accounts.models import Person as KnownPerson
from services.conversation.screen import Action, Attachment, Screen
from services.files.models import RemoteFile
from services.files.remember import remember_stored
from services.outbox.outbox import CARD, Priority
from tests.planted import OTHER_NAME
from tests.spine.parts import BOT_ID, Post, rows

HOME = ((Action("Главная", "home"),),)


def card(text: str) -> Screen:
    return Screen(text, HOME)


async def test_a_message_arrives_with_its_buttons(post: Post):
    person = await post.person()
    await post.say(person, card("<b>Шаг 1</b>"))
    await post.send_all()
    assert (await person.last()).html == "<b>Шаг 1</b>"
    assert await person.buttons() == ["Главная"]
    [row] = await post.outbox_rows()
    assert (row["state"], row["taken_by"], row["message_id"]) == ("sent", None, (await person.last()).id)


async def test_order_is_kept(post: Post):
    person = await post.person()
    for number in range(5):
        await post.say(person, Screen(f"№ {number}"))
    await post.send_all()
    assert [m.text for m in await person.messages() if m.from_bot] == [f"№ {n}" for n in range(5)]


async def test_a_card_is_edited_and_an_old_one_loses_its_buttons(post: Post):
    person = await post.person()
    await post.say(person, card("раз"), slot=CARD)
    await post.send_all()
    await post.say(person, card("два"), slot=CARD)
    await post.send_all()
    first = await person.last()
    assert first.text == "два"
    await post.say(person, card("три"), slot=CARD, fresh=True)
    await post.send_all()
    shown = [m for m in await person.messages() if m.from_bot]
    assert [(m.text, m.labels()) for m in shown] == [("два", []), ("три", ["Главная"])]


async def test_the_same_card_again_is_no_trouble(post: Post):
    person = await post.person()
    for _ in range(2):
        await post.say(person, card("раз"), slot=CARD)
        await post.send_all()
    assert [row["state"] for row in await post.outbox_rows()] == ["sent", "sent"]
    assert await person.receives("раз") == 1


async def test_a_card_that_is_gone_is_sent_anew(post: Post):
    person = await post.person()
    await post.say(person, card("раз"), slot=CARD)
    await post.send_all()
    await post.bot.delete_message(person.id, (await person.last()).id)
    await post.say(person, card("два"), slot=CARD)
    await post.send_all()
    assert (await person.last()).text == "два"


async def test_a_pause_asked_for_holds_the_whole_chat_and_no_other(post: Post):
    person, other = await post.person(), await post.person(OTHER_NAME)
    post.fault(method="sendMessage", person=person.id, retry_after=30)
    await post.say(person, Screen("раз"), priority=Priority.PROGRESS)
    await post.say(person, Screen("два"), priority=Priority.BROADCAST)
    await post.say(other, Screen("другому"))
    await post.send_all()
    await post.say(person, Screen("срочный ответ, поставлен позже"))
    await post.send_all()
    assert await other.receives("другому") == 1
    assert [m for m in await person.messages() if m.from_bot] == []
    post.clock.advance(29)
    await post.send_all()
    assert await person.receives(lambda _message: True) == 0, "no call before the time is over"
    post.clock.advance(2)
    await post.send_all()
    said = [m.text for m in await person.messages() if m.from_bot]
    assert said == ["срочный ответ, поставлен позже", "раз", "два"]


async def test_a_replacement_waits_as_long_as_what_it_replaces(post: Post):
    person = await post.person()
    post.fault(method="sendMessage", person=person.id, retry_after=30)
    await post.say(person, Screen("1 из 3"), slot="batch", priority=Priority.PROGRESS)
    await post.send_all()
    await post.say(person, Screen("2 из 3"), slot="batch", priority=Priority.PROGRESS)
    await post.send_all()
    assert await person.receives("из 3") == 0
    post.clock.advance(31)
    await post.send_all()
    assert await person.receives("2 из 3") == 1
    assert await person.receives("1 из 3") == 0


async def test_a_blocked_chat_fails_at_once_and_the_contact_is_marked(post: Post):
    person = await post.person()
    async with post.database.transaction() as session:
        known = await session.scalar(insert(KnownPerson).values(created_at=post.clock.now()).returning(KnownPerson.id))
        account = {"person_id": known, "messenger": "telegram", "bot_id": BOT_ID}
        await session.execute(insert(Account).values(**account, external_id=person.id, chat_id=person.id))
    await person.blocks()
    for text in ("раз", "два", "три"):
        await post.say(person, Screen(text), then_job="notice_settled")
    await post.send_all()
    assert {(row["state"], row["failure"]) for row in await post.outbox_rows()} == {("failed", "unreachable")}
    assert len(post.jobs.enqueued) == 3
    [account] = await rows(post.url, "SELECT unreachable_since, unreachable_why FROM account")
    assert account["unreachable_since"] is not None
    assert account["unreachable_why"] == "unreachable"


async def test_words_that_the_server_cannot_parse_arrive_plainly_once(post: Post):
    person = await post.person()
    await post.say(person, Screen("<b>не закрыто &lt;1&gt;", HOME))
    await post.send_all()
    assert [m.text for m in await person.messages() if m.from_bot] == ["не закрыто <1>"]
    assert await person.buttons() == ["Главная"]


async def test_a_card_that_cannot_be_parsed_replaces_the_old_one_plainly(post: Post):
    person = await post.person()
    await post.say(person, card("раз"), slot=CARD)
    await post.send_all()
    await post.say(person, card("<i>два"), slot=CARD)
    await post.send_all()
    shown = [m for m in await person.messages() if m.from_bot]
    assert [(m.text, m.labels()) for m in shown] == [("раз", []), ("два", ["Главная"])]


async def test_a_text_over_the_limit_arrives_in_pieces(post: Post):
    person = await post.person()
    words = "😀слово " * 900
    await post.say(person, Screen(f"<b>{words}</b>", HOME))
    await post.send_all()
    said = [m.text for m in await person.messages() if m.from_bot]
    assert "".join("".join(said).split()) == "".join(words.split())
    assert len(said) == 2
    assert await person.buttons() == ["Главная"]


async def test_delivered_without_an_answer_is_repeated_once(post: Post):
    person = await post.person()
    post.fault(method="sendMessage", person=person.id, drop="after")
    await post.say(person, Screen("раз"))
    await post.send_all()
    post.clock.advance(60)
    await post.send_all()
    assert await person.receives("раз") == 2, "whether it arrived cannot be known: twice is better than never"
    assert [row["state"] for row in await post.outbox_rows()] == ["sent"]


async def test_an_edit_without_an_answer_shows_nothing_twice(post: Post):
    person = await post.person()
    await post.say(person, card("раз"), slot=CARD)
    await post.send_all()
    post.fault(method="editMessageText", drop="after")
    await post.say(person, card("два"), slot=CARD)
    await post.send_all()
    post.clock.advance(60)
    await post.send_all()
    assert [m.text for m in await person.messages() if m.from_bot] == ["два"]


async def test_a_dropped_connection_and_a_server_error_are_tried_again(post: Post):
    person = await post.person()
    post.fault(method="sendMessage", drop="before")
    post.fault(method="sendMessage", status=502, description="Bad Gateway")
    await post.say(person, Screen("раз"))
    for _ in range(3):
        await post.send_all()
        post.clock.advance(60)
    assert await person.receives("раз") == 1
    assert [row["state"] for row in await post.outbox_rows()] == ["sent"]


async def test_a_message_that_always_fails_lets_the_others_of_its_chat_pass(post: Post):
    person = await post.person()
    post.fault(method="sendPhoto", status=500, times=1000)
    stored = await post.store.put(picture())
    await post.say(person, Screen("снимок", pictures=(Attachment(stored.hash, "1.jpg"),)))
    await post.say(person, Screen("следом"))
    for _ in range(5):
        assert await person.receives("следом") == 0
        await post.send_all()
        post.clock.advance(61)
    await post.send_all()
    assert await person.receives("следом") == 1
    post.sandbox.world.faults.clear()
    post.clock.advance(61)
    await post.send_all()
    assert await person.receives("снимок") == 1


async def test_a_message_that_cannot_be_made_does_not_stop_other_chats(post: Post):
    person, other = await post.person(), await post.person(OTHER_NAME)
    await post.say(person, Screen("нет файла", pictures=(Attachment("0" * 64, "1.jpg"),)))
    await post.say(other, Screen("другому"))
    await post.send_all()
    assert await other.receives("другому") == 1
    assert [row["state"] for row in await post.outbox_rows()] == ["new", "sent"]


async def test_after_a_day_it_is_given_up(post: Post):
    person = await post.person()
    post.fault(method="sendMessage", status=502, times=10)
    await post.say(person, Screen("раз"), then_job="notice_settled")
    await post.send_all()
    post.clock.advance(24 * 3600 + 1)
    await post.send_all()
    assert [(row["state"], row["failure"]) for row in await post.outbox_rows()] == [("failed", "expired")]
    assert [name for name, _ in post.jobs.enqueued] == ["notice_settled"]


async def test_a_file_is_uploaded_once_a_bot(post: Post):
    person, other = await post.person(), await post.person(OTHER_NAME)
    attachments = []
    for shade in (10, 200):
        stored = await post.store.put(picture(shade))
        async with post.database.transaction() as session:
            await remember_stored(session, post.clock, stored, "image/jpeg")
        attachments.append(Attachment(stored.hash, "1.jpg", "<b>подпись</b>"))
    for receiver in (person, other):
        await post.say(receiver, Screen(pictures=tuple(attachments)))
        await post.say(receiver, Screen("один", pictures=(attachments[0],)))
        await post.say(receiver, Screen("файл", documents=(attachments[1],)))
    await post.send_all()
    assert len(await rows(post.url, "SELECT * FROM remote_file")) == 3
    assert [row["state"] for row in await post.outbox_rows()] == ["sent"] * 6
    uploads = [e for e in post.sandbox.world.journal.since(0) if "attach" in str(e.params) or "upload" in str(e.params)]
    assert await other.receives(lambda message: bool(message.photo or message.document)) == 4
    assert len({str(e.params.get("chat_id")) for e in uploads}) <= 1


async def test_a_forgotten_file_id_means_a_new_upload(post: Post):
    person = await post.person()
    stored = await post.store.put(picture())
    async with post.database.transaction() as session:
        await remember_stored(session, post.clock, stored, "image/jpeg")
    screen = Screen("снимок", pictures=(Attachment(stored.hash, "1.jpg"),))
    await post.say(person, screen)
    await post.send_all()
    async with post.database.transaction() as session:
        assert await session.scalar(select(RemoteFile.remote_id))
        await session.execute(update(RemoteFile).values(remote_id="AgACAgIAAxkBAAI_forgotten"))
    await post.say(person, screen)
    await post.send_all()
    assert await person.receives("снимок") == 2
    assert "forgotten" not in (await rows(post.url, "SELECT remote_id FROM remote_file"))[0]["remote_id"]


async def test_the_job_is_enqueued_in_the_settling_transaction(post: Post):
    person = await post.person()
    number = await post.say(person, Screen("раз"), then_job="notice_settled")
    assert post.jobs.enqueued == []
    await post.send_all()
    assert post.jobs.enqueued == [("notice_settled", f"notice_settled-{number}")]


def picture(shade: int = 128) -> bytes:
    sink = io.BytesIO()
    Image.new("L", (300, 400), shade).save(sink, "JPEG")
    return sink.getvalue()
