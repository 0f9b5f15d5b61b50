"""`aprobot check` as a person types it: real files, a real process, exit codes and both outputs."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from recognition.form import form_to_json
from services.practice.make_kits import MakeKits
from services.practice.order import KitOrder
from services.texts import load_texts
from tests.recognition.drawn import KIT, OTHER, PRACTICE, jpeg, pdf, printed, scanned

ROOT = Path(__file__).resolve().parents[2]


def check(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "check", *map(str, arguments)],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one kit in two files, a note beside them, and a spoilt one in a folder of its own."""
    folder = tmp_path_factory.mktemp("scans")
    (folder / "kit").mkdir()
    (folder / "kit" / "1.pdf").write_bytes(pdf([scanned(printed(page=page), 150) for page in (1, 2, 3)], 150))
    (folder / "kit" / "2.dat").write_bytes(jpeg(scanned(printed(page=4), 150), 150))
    (folder / "kit" / "truth.json").write_text("{}")
    (folder / "kit" / ".hidden.pdf").write_bytes(b"")
    (folder / "bad").mkdir()
    square = PRACTICE.kind_of(1).squares[3]
    (folder / "bad" / "1.jpg").write_bytes(jpeg(scanned(printed().paint(square.box, 255, grow=1), 150), 150))
    (folder / "bad" / "2.jpg").write_bytes(jpeg(scanned(printed(), 150), 150)[:9000])
    return folder


def test_n_of_n_exits_with_0_and_json_stands_alone(scans: Path) -> None:
    done = check("kit", "--participants", 1, "--require", "all", "--event", "TEST", "--json", folder=scans)
    assert (done.returncode, done.stderr) == (0, "")
    said: dict[str, Any] = json.loads(done.stdout)
    assert [file["path"] for file in said["files"]] == ["kit/1.pdf", "kit/2.dat"], "content counts, not the name"
    assert said["kits"] == [{"kit": KIT, "status": "complete", "pages_seen": [1, 2, 3, 4], "missing_pages": []}]
    assert said["summary"]["kits_complete"] == 1


def test_what_is_wrong_is_said_with_what_to_do_and_exits_with_1(scans: Path) -> None:
    done = check("bad", "--participants", 1, folder=scans)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert any("bad/1.jpg" in line and "Видны не все чёрные квадраты" in line and KIT in line for line in lines)
    assert any("bad/2.jpg" in line and "пришёл не целиком" in line for line in lines)
    assert lines[-1] == "Собрано комплектов: 0 из 1."


def test_another_event_does_not_count(scans: Path) -> None:
    done = check("kit", "--participants", 1, "--event", "MAY2026", "--json", folder=scans)
    assert done.returncode == 1
    assert json.loads(done.stdout)["summary"]["rejected"] == 4


def test_another_form_is_read_by_its_own_layout(tmp_path: Path) -> None:
    (tmp_path / "form.json").write_text(json.dumps(form_to_json(OTHER)))
    (tmp_path / "a.jpg").write_bytes(jpeg(scanned(printed(OTHER), 150), 150))
    done = check("a.jpg", "--participants", 1, "--form", "form.json", folder=tmp_path)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Укажите файлы или папки"),
        (("nowhere.pdf", "--participants", "1"), "Нет такого файла или папки: nowhere.pdf"),
        ((".", "--participants", "1"), "Здесь нет сканов"),
        (("a.txt",), "--participants"),
        (("a.txt", "--participants", "десять"), "целое число от 1 до 9999"),
        (("a.txt", "--participants", "-1"), "целое число от 1 до 9999"),
        (("a.txt", "--participants", "0"), "целое число от 1 до 9999"),
        (("a.txt", "--participants", "10000"), "целое число от 1 до 9999"),
        (("a.txt", "--participants", "1", "--require", "half"), "answer_sheet+1"),
        (("a.txt", "--participants", "1", "--event", "май"), "Код мероприятия"),
        (("a.txt", "--participants", "1", "--form", "a.txt"), "a.txt"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exits_with_2(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    (tmp_path / "a.txt").write_text("a note")
    done = check(*arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def issued(folder: Path, name: str, kits: int = 2, event: str = "TEST") -> Path:
    path = folder / name
    path.write_bytes(MakeKits(load_texts("ru"))(KitOrder(kits=kits, pages=4, event=event, seed=1)))
    return path


def test_kits_that_were_given_out_are_expected_and_no_others(scans: Path, tmp_path: Path) -> None:
    given = issued(tmp_path, "issued.pdf")
    done = check("kit", given, "--participants", 1, "--issued", given, "--json", folder=scans)
    assert done.returncode == 1
    said: dict[str, Any] = json.loads(done.stdout)
    assert [file["path"] for file in said["files"]] == ["kit/1.pdf", "kit/2.dat"], "the print file is no scan"
    codes = {problem["code"] for file in said["files"] for page in file["pages"] for problem in page["problems"]}
    assert "unknown_kit" in codes
    assert said["summary"]["rejected"] == 4
    assert len(said["summary"]["missing_kits"]) == 2
    lines = check("kit", "--participants", 1, "--issued", given, folder=scans).stdout
    assert "Такого комплекта нет в списке" in lines
    assert f"Нет ни одной страницы комплектов: {', '.join(said['summary']['missing_kits'])}." in lines


def test_all_that_was_given_out_is_there(tmp_path: Path) -> None:
    given = issued(tmp_path, "issued.pdf", kits=1)
    (tmp_path / "scan.pdf").write_bytes(given.read_bytes())
    done = check("scan.pdf", "--participants", 1, "--issued", "issued.pdf", "--json", folder=tmp_path)
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["summary"]["missing_kits"] == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"hello", "Это не PDF"), (None, "Комплекты другого мероприятия")],
)
def test_a_file_that_is_no_print_file_is_wrong_usage(
    scans: Path, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    given = issued(tmp_path, "issued.pdf", kits=1, event="OTHER")
    if content is not None:
        given.write_bytes(content)
    done = check("kit", "--participants", 1, "--event", "TEST", "--issued", given, folder=scans)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
