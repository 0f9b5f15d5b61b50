"""Making invites and coming in by them, on both databases."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from services.accounts.caller import Caller, clean_name, known_language
from services.accounts.go_home import GoHome, Home
from services.accounts.make_invite import InviteFault, MakeInvite, NewInvite, Wanted
from services.accounts.models import Membership, Person, Role
from services.accounts.redeem_invite import LetIn, NotLetIn, RedeemInvite
from services.conversation.refusal import Forbidden
from services.db.database import Database
from tests.kits.college import BOT, College
from tests.planted import NAME, OTHER_NAME

PETR = Caller("telegram", BOT, 5001, 5001, NAME, "ru")
ANNA = Caller("telegram", BOT, 5002, 5002, OTHER_NAME, "en-GB")
DAY = timedelta(days=1)


async def make(college: College, role: Role = Role.TECHNICIAN, **scope: str) -> NewInvite:
    scope = scope or ({"organisation": "54-007"} if role == Role.TECHNICIAN else {})
    async with college.database.transaction() as session:
        return await MakeInvite(session, college.clock)(Wanted(role, **scope), DAY)


async def redeem(college: College, caller: Caller, token: str) -> LetIn | NotLetIn:
    async with college.database.transaction() as session:
        return await RedeemInvite(session, college.clock)(caller, token)


async def home(college: College, person: Person, participation: int = 0) -> Home:
    async with college.database.transaction() as session:
        return await GoHome(session, college.clock)(person, participation)


async def test_the_token_itself_is_never_kept(college: College):
    invite = await make(college)
    assert len(invite.token) >= 32
    assert invite.token not in str(await college.read("SELECT * FROM invite"))


async def test_a_link_lets_one_person_in_with_its_role(college: College):
    invite = await make(college)
    entry = await redeem(college, PETR, invite.token)
    assert isinstance(entry, LetIn)
    assert (entry.participation, entry.again) == (college.participation, False)
    [role] = await college.read("SELECT * FROM membership WHERE person_id = :p", p=entry.person.id)
    assert (role["role"], role["organisation_id"]) == ("technician", college.organisation)
    assert (await home(college, entry.person)).walk is not None


async def test_a_used_link_lets_nobody_else_in(college: College):
    invite = await make(college)
    await redeem(college, PETR, invite.token)
    before = await college.read("SELECT id FROM person")
    assert await redeem(college, ANNA, invite.token) == NotLetIn.USED
    assert await college.read("SELECT id FROM person") == before


async def test_ones_own_link_again_just_leads_home(college: College):
    invite = await make(college)
    await redeem(college, PETR, invite.token)
    again = await redeem(college, PETR, invite.token)
    assert isinstance(again, LetIn)
    assert again.again
    assert len(await college.read("SELECT id FROM account WHERE external_id = 5001")) == 1


async def test_of_two_at_the_same_moment_one_comes_in(college: College):
    invite = await make(college)
    entries = await asyncio.gather(*(redeem(college, caller, invite.token) for caller in (PETR, ANNA)))
    assert sorted(isinstance(entry, LetIn) for entry in entries) == [False, True]
    assert NotLetIn.USED in entries


async def test_an_expired_link_lets_nobody_in(college: College):
    invite = await make(college)
    college.clock.passes(DAY.total_seconds())
    assert await redeem(college, PETR, invite.token) == NotLetIn.EXPIRED
    assert await college.read("SELECT id FROM account WHERE external_id = 5001") == []


@pytest.mark.parametrize("token", ["", "x", "a" * 32, "a" * 5000, "'; DROP TABLE invite; --", "ключ", "\x00"])
async def test_garbage_lets_nobody_in(college: College, token: str):
    assert await redeem(college, PETR, token) == NotLetIn.UNKNOWN
    assert await college.read("SELECT id FROM account WHERE external_id = 5001") == []


async def test_a_role_is_not_held_twice_and_a_revoked_one_comes_back(college: College):
    entry = await redeem(college, PETR, (await make(college)).token)
    assert isinstance(entry, LetIn)
    async with college.database.transaction() as session:
        held = await session.get_one(Membership, await only_id(college, entry.person.id))
        held.revoked_at = college.clock.now()
    assert (await home(college, entry.person)).colleges == ()
    await redeem(college, PETR, (await make(college)).token)
    [role] = await college.read("SELECT revoked_at FROM membership WHERE person_id = :p", p=entry.person.id)
    assert role["revoked_at"] is None


async def only_id(college: College, person: int) -> int:
    [row] = await college.read("SELECT id FROM membership WHERE person_id = :p", p=person)
    return int(row["id"])


async def test_one_person_may_work_for_several_colleges(college: College):
    other = await college.neighbour()
    entry = await redeem(college, PETR, (await make(college)).token)
    second = await redeem(college, PETR, (await make(college, organisation="54-002")).token)
    assert isinstance(entry, LetIn)
    assert isinstance(second, LetIn)
    assert second.participation == other.participation
    found = await home(college, entry.person)
    assert found.walk is None
    assert {item.participation for item in found.colleges} == {college.participation, other.participation}
    assert (await home(college, entry.person, other.participation)).walk is not None


async def test_home_never_opens_somebody_elses_college(college: College):
    other = await college.neighbour()
    entry = await redeem(college, PETR, (await make(college)).token)
    assert isinstance(entry, LetIn)
    found = await home(college, entry.person, other.participation)
    assert found.walk is not None
    assert found.walk.participation == college.participation


async def test_a_coordinator_gets_the_only_region(college: College):
    entry = await redeem(college, ANNA, (await make(college, Role.COORDINATOR)).token)
    assert isinstance(entry, LetIn)
    assert [region.name for region in (await home(college, entry.person)).regions] == ["Учебная область"]
    assert entry.person.language == "en"


async def test_the_first_administrator_comes_from_an_empty_database(database: Database, college: College):
    entry = await redeem(college, ANNA, (await make(college, Role.ADMINISTRATOR)).token)
    assert isinstance(entry, LetIn)
    assert "administrator" in (await home(college, entry.person)).roles


@pytest.mark.parametrize(
    ("role", "scope", "what", "name"),
    [
        (Role.TECHNICIAN, {"organisation": "nope"}, "unknown", "organisation"),
        (Role.TECHNICIAN, {"event": "TEST26"}, "needed", "organisation"),
        (Role.COORDINATOR, {"region": "99"}, "unknown", "region"),
        (Role.ADMINISTRATOR, {"region": "54"}, "not_for_role", "region"),
        (Role.SUPPORT, {"event": "NOPE"}, "unknown", "event"),
    ],
)
async def test_a_wrong_code_lists_what_there_is(
    college: College, role: Role, scope: dict[str, str], what: str, name: str
):
    with pytest.raises(InviteFault) as fault:
        await make(college, role, **scope)
    assert (fault.value.what, fault.value.name) == (what, name)
    known = {"organisation": ("54-007",), "region": ("54",), "event": ("TEST26",)}
    assert fault.value.known == (() if what == "not_for_role" else known[name])


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Пётр", "Пётр"),
        ("a\nb\x00c", "a b c"),
        ("\u202eкривое\u2066имя", "кривое имя"),
        ("x" * 500, "x" * 100),
        ("<b>&", "<b>&"),
        ("", ""),
    ],
)
def test_names_are_kept_in_one_line_and_short(name: str, kept: str):
    assert clean_name(name) == kept


@pytest.mark.parametrize(("code", "language"), [("ru", "ru"), ("en-US", "en"), ("de", "ru"), (None, "ru"), ("", "ru")])
def test_russian_unless_the_messenger_says_english(code: str | None, language: str):
    assert known_language(code) == language


async def test_a_hostile_name_is_kept_as_words(college: College):
    entry = await redeem(college, replace(PETR, name="<b>&" * 100), (await make(college)).token)
    assert isinstance(entry, LetIn)
    assert entry.person.name == "<b>&" * 25


async def test_a_stranger_has_no_home(college: College):
    with pytest.raises(Forbidden):
        await home(college, None)  # type: ignore[arg-type]  # what the front door would pass
