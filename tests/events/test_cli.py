"""`aprobot events load` and `aprobot invites make`, from an empty database to a link."""

import asyncio
import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import make_app
from services.checklists.queries import walk_of
from services.db.clock import Clock
from services.db.database import Database, make_engine
from services.practice.make_kits import MakeKits
from services.practice.order import KitOrder
from services.texts import load_texts
from tests.events.test_event_file import GOOD


@pytest.fixture
def run(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("APROBOT_DATABASE__URL", sqlite_url)
    monkeypatch.setenv("APROBOT_FILES__URL", f"file:{tmp_path / 'files'}")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kits.pdf").write_bytes(kits_of(3, kits=1))
    (tmp_path / "event.yaml").write_text(GOOD, encoding="utf-8")
    app = make_app()

    def command(*words: str) -> Result:
        return CliRunner().invoke(app, words)

    return command


def test_an_event_is_loaded_and_loaded_again(run):
    first, second = run("events", "load", "event.yaml"), run("events", "load", "event.yaml")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.startswith("Мероприятие APR26 загружено: 1 колледж, 1 файл для скачивания.\n")
    assert "В файле 1 комплект" in first.stdout
    assert second.stdout.startswith("Мероприятие APR26 обновлено")


def test_a_wrong_file_is_one_sentence(run, tmp_path: Path):
    (tmp_path / "event.yaml").write_text(GOOD.replace("variant: 2", "variant: 7"), encoding="utf-8")
    result = run("events", "load", "event.yaml")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert (
        result.stderr
        == "event.yaml, строка 12: ключ colleges[1].variant — вместо «7» напишите число от 1 до 4.\n".replace(
            " — ", "\u00a0— "
        )
    )


def test_an_invite_is_one_json_object(run):
    run("events", "load", "event.yaml")
    result = run("invites", "make", "--role", "technician", "--organisation", "007", "--bot", "@apro_bot", "--json")
    invite = json.loads(result.stdout)
    assert set(invite) == {"role", "organisation", "token", "link", "expires_at"}
    assert (invite["role"], invite["organisation"]) == ("technician", "007")
    assert invite["link"] == f"https://t.me/apro_bot?start={invite['token']}"


def test_without_a_bots_name_the_token_is_printed_with_what_to_type(run):
    result = run("invites", "make", "--role", "administrator")
    token = result.stdout.splitlines()[0]
    assert f"/start {token}" in result.stdout


def test_many_invites_are_a_list_of_different_ones(run):
    invites = json.loads(run("invites", "make", "--role", "administrator", "--count", "3", "--json").stdout)
    assert len({invite["token"] for invite in invites}) == 3


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--role", "boss"), "«boss» не подходит для --role. Есть: technician, centre_operator, coordinator"),
        (("--role", "technician", "--organisation", "x"), "«x» не подходит для --organisation. Есть: 007."),
        (("--role", "technician"), "Для этой роли нужен --organisation. Есть: 007."),
        (("--role", "coordinator", "--region", "99"), "«99» не подходит для --region. Есть: 07."),
        (("--role", "administrator", "--region", "07"), "Для этой роли --region не нужен, уберите его."),
    ],
)
def test_a_wrong_code_lists_what_there_is(run, words: tuple[str, ...], sentence: str):
    run("events", "load", "event.yaml")
    result = run("invites", "make", *words)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [("--days", "0"), ("--count", "0"), ("--days", "x"), ()])
def test_wrong_usage_is_exit_2(run, words: tuple[str, ...]):
    role = ("--role", "administrator") if words else ()
    assert run("invites", "make", *role, *words).exit_code == 2


def kits_of(numbers_seed: int, kits: int = 2, event: str = "APR26") -> bytes:
    return MakeKits(load_texts("ru"))(KitOrder(kits=kits, pages=4, event=event, seed=numbers_seed))


def with_kits(run, tmp_path: Path, pdf: bytes) -> Result:
    (tmp_path / "own.pdf").write_bytes(pdf)
    without_materials, _, _ = GOOD.partition("materials:")
    text = without_materials.replace("variant: 2", "variant: 2, kits: own.pdf")
    (tmp_path / "event.yaml").write_text(text, encoding="utf-8")
    return run("events", "load", "event.yaml")


def test_the_kits_of_a_college_are_read_from_its_pdf(run, tmp_path: Path):
    first = with_kits(run, tmp_path, kits_of(1))
    assert first.exit_code == 0, first.stderr
    assert "В файле 2 комплекта" in first.stdout
    again = run("events", "load", "event.yaml")
    assert "комплекта" not in again.stdout, "what was read is not read again"
    more = with_kits(run, tmp_path, kits_of(2, kits=1))
    assert "В файле 1 комплект" in more.stdout


def test_a_print_file_of_another_event_is_told_and_nothing_is_taken_from_it(run, tmp_path: Path):
    result = with_kits(run, tmp_path, kits_of(1, event="APR99"))
    assert result.exit_code == 1
    assert "Комплекты другого мероприятия" in result.stderr
    assert "APR99" in result.stderr
    assert "Это не PDF" in with_kits(run, tmp_path, b"not a PDF").stderr


def test_kits_that_stand_in_another_file_are_told_and_handed_out_to_nobody(run, sqlite_url: str, tmp_path: Path):
    pdf = kits_of(1)
    assert with_kits(run, tmp_path, pdf).exit_code == 0
    assert asyncio.run(handed_out(sqlite_url)) == ["own.pdf"]
    same = BytesIO()
    pikepdf.open(BytesIO(pdf)).save(same, linearize=True)
    result = with_kits(run, tmp_path, same.getvalue())
    assert result.exit_code == 1
    assert "Эти номера уже есть в другом файле" in result.stderr
    assert asyncio.run(handed_out(sqlite_url)) == []


async def handed_out(url: str) -> list[str]:
    engine = make_engine(url)
    try:
        async with Database(engine).transaction() as session:
            return [handout.file_name for handout in (await walk_of(session, 1, Clock().now())).handouts]
    finally:
        await engine.dispose()
