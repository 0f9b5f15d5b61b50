"""`aprobot kits` as a person types it: the files, and one sentence where something is wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from bot.cli import kits
from bot.cli.fault import one_sentence
from recognition.simulator import DEFECTS

ROOT = Path(__file__).resolve().parents[2]
RUN = """
from bot.cli import kits
from bot.cli.fault import one_sentence

if __name__ == "__main__":
    with one_sentence():
        kits.app(prog_name="aprobot kits")
"""


def aprobot(folder, *words):
    """The command in a process of its own, in the caller's folder."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-c", RUN, *map(str, words)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_make_and_scan(tmp_path):
    made = aprobot(tmp_path, "make", "--kits", 2, "--pages", 2, "--event", "DEMO26", "--seed", 1, "--out", "kits.pdf")
    assert made.returncode == 0, made.stderr
    assert "2 комплекта, 4 страницы" in made.stdout
    assert len(pdfium.PdfDocument(tmp_path / "kits.pdf")) == 4
    wanted = "--dpi 100 --format pdf --mode bilevel --defects skewed --seed 5 --truth deep/truth.json --out scans"
    done = aprobot(tmp_path, "scan", "kits.pdf", *wanted.split())
    assert done.returncode == 0, done.stderr
    assert "4 страницы, 1 файл" in done.stdout
    assert done.stderr == ""
    truth = json.loads((tmp_path / "deep" / "truth.json").read_text())
    assert [row["index"] for row in truth] == [0, 1, 2, 3]
    assert {row["file"] for row in truth} == {"scans.pdf"}
    assert sum(bool(row["defects"]) for row in truth) == 2
    assert len(pdfium.PdfDocument(tmp_path / "scans" / "scans.pdf")) == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep", "kits.pdf", "scans"]


def test_a_hand_of_its_own_and_nobodys(tmp_path):
    assert aprobot(tmp_path, "make", "--kits", 1, "--pages", 1, "--seed", 1, "--out", "kits.pdf").returncode == 0
    runs = {"one": "--hand 3", "same": "--seed 0 --hand 3", "other": "--hand 4", "blank": "--blank"}
    for name, words in runs.items():
        done = aprobot(tmp_path, *f"scan kits.pdf --dpi 75 --format png --out {name}".split(), *words.split())
        assert done.returncode == 0, done.stderr
    one, same, other, blank = ((tmp_path / name / "scan-0001.png").read_bytes() for name in runs)
    assert one == same
    assert len({one, other, blank}) == 3


def test_the_list_names_every_defect_with_its_range(tmp_path):
    listed = aprobot(tmp_path, "scan", "--defects", "list")
    assert listed.returncode == 0
    rows = {line.split()[0]: line for line in listed.stdout.splitlines()}
    assert list(rows) == [code.value for code in DEFECTS]
    assert "90–98 %" in rows["printed_scaled"].replace("\u00a0", " ")
    assert "2–8°" in rows["skewed"]
    assert "60–100 dpi" in rows["low_resolution"].replace("\u00a0", " ")
    assert not any("kits.defect" in row for row in rows.values())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("make --kits десять --pages 4 --out x.pdf", "Число комплектов — от 1 до 1000"),
        ("make --kits -1 --pages 4 --out x.pdf", "Число комплектов"),
        ("make --kits 0 --pages 4 --out x.pdf", "Число комплектов"),
        ("make --kits 1001 --pages 4 --out x.pdf", "Число комплектов"),
        ("make --kits 99999999999999999999 --pages 4 --out x.pdf", "Число комплектов"),
        ("make --kits 3 --pages 21 --out x.pdf", "Страниц в комплекте — от 1 до 20"),
        ("make --kits 3 --pages 4 --event demo --out x.pdf", "Код события"),
        ("make --kits 3 --pages 4 --seed x --out x.pdf", "Зерно"),
        ("make --kits 3 --pages 4", "Укажите --out."),
        ("make --pages 4 --out x.pdf", "Укажите --kits."),
        ("make --kits 3 --pages 4 --out .", "это папка"),
        ("scan --out scans", "Укажите KITS.PDF."),
        ("scan none.pdf --out scans", "Файла none.pdf нет"),
        ("scan broken.pdf --out scans", "не читается как PDF"),
        ("scan broken.pdf", "Укажите --out."),
        ("scan broken.pdf --out broken.pdf", "это файл"),
        ("scan broken.pdf --out scans --dpi 12", "от 50 до 1200"),
        ("scan broken.pdf --out scans --dpi 300.5", "от 50 до 1200"),
        ("scan broken.pdf --out scans --mode gray", "grey, colour, bilevel"),
        ("scan broken.pdf --out scans --format gif", "jpg, png, tiff, pdf"),
        ("scan broken.pdf --out scans --mode bilevel", "JPEG не бывает"),
        ("scan broken.pdf --out scans --defects skewed,sunburn", "Дефекта sunburn нет"),
        ("scan broken.pdf --out scans --share 2", "от 0 до 1"),
        ("scan broken.pdf --out scans --share nan", "от 0 до 1"),
        ("scan broken.pdf --out scans --rotate 45", "0, 90, 180, 270, random"),
        ("scan broken.pdf --out scans --form broken.pdf", "это не JSON"),
        ("scan broken.pdf --out scans --seed -1", "Зерно"),
        ("scan broken.pdf --out scans --hand Анна", "Исправьте --hand."),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(words, said, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("broken.pdf").write_bytes(b"%PDF-1.7 not really")
    with pytest.raises(SystemExit) as ended, one_sentence():
        kits.app(words.split(), prog_name="aprobot kits")
    shown = capsys.readouterr()
    assert ended.value.code == 2
    assert said in shown.err.replace("\u00a0", " ")
    assert shown.err.count("\n") == 1
    assert shown.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["broken.pdf"]


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    made = aprobot(tmp_path, "make", "--kits", 1, "--pages", 1, "--out", "file/kits.pdf")
    assert made.returncode == 1
    assert made.stderr.startswith("Не получается записать file/kits.pdf")
    assert made.stderr.count("\n") == 1
