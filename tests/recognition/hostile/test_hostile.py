"""Hostile files through the pool: each gets an answer that is right for it, in time, and harms nothing else."""

import unicodedata
from pathlib import Path

import pytest

from recognition.codes import PageProblem, PageQr
from recognition.pool import Pool
from recognition.report import FileReport
from services.submissions.check_set import check_set, outcome_json
from services.texts import load_texts
from tests.recognition.drawn import PRACTICE
from tests.recognition.hostile import hostile_files, pages
from tests.recognition.hostile.__main__ import answer, resident_mb
from tests.recognition.hostile.made import SLOW, Hostile

GROWTH_MB = 40
"""Of the parent over all files: the interpreter's own heap, which the first files fill, and nothing of theirs."""


def chosen(*, slow: bool) -> list[Hostile]:
    return [one for _, one in hostile_files() if slow or one.stem not in SLOW]


async def wrong_answers(files: list[Hostile], folder: Path, pool: Pool) -> list[str]:
    wrong = []
    for one in files:
        path = folder / "file"
        path.write_bytes(one.data)
        report = await pool.check(path, PRACTICE, event="TEST")
        if answer(report) not in one.answers:
            wrong.append(f"{one.name}: {answer(report)}")
    return wrong


async def test_every_hostile_file_has_its_answer_and_the_parent_stays_small(tmp_path: Path) -> None:
    pool = Pool(1)
    await pool.start()
    try:
        files = chosen(slow=False)
        assert len(files) >= 150
        before = resident_mb()
        assert await wrong_answers(files, tmp_path, pool) == []
        assert resident_mb() < before + GROWTH_MB
    finally:
        await pool.close()


@pytest.mark.nightly
@pytest.mark.timeout(1800)
async def test_those_that_run_into_a_limit_too(tmp_path: Path) -> None:
    pool = Pool(1)
    await pool.start()
    try:
        assert await wrong_answers(chosen(slow=True), tmp_path, pool) == []
    finally:
        await pool.close()


async def reports(tmp_path: Path) -> dict[str, FileReport]:
    pool = Pool(1)
    await pool.start()
    try:
        found = {}
        for one in pages.made():
            if one.stem not in SLOW:
                (tmp_path / one.name).write_bytes(one.data)
                found[one.name] = await pool.check(tmp_path / one.name, PRACTICE, event="TEST")
        return found
    finally:
        await pool.close()


async def test_pages_that_deceive_are_nobodys_pages_and_their_words_go_nowhere(tmp_path: Path) -> None:
    found = await reports(tmp_path)
    for name, report in found.items():
        (page,) = report.pages
        assert not page.sound, name
        if page.qr is PageQr.FOREIGN:
            assert {problem.code for problem in page.problems} >= {PageProblem.QR_FOREIGN}, name
    foreign = [name for name, report in found.items() if report.pages[0].qr is PageQr.FOREIGN]
    assert {"ten-foreign-codes.png", "wrong-check-code.png", "3-kilobytes.png", "markup.png"} <= set(foreign)
    said = str(outcome_json(check_set(found, PRACTICE, 1, "all"), load_texts("ru")))
    for text in (*pages.TEXTS.values(), "example.org", "0123456789012345"):
        assert text not in said
    assert not any(unicodedata.category(letter) in ("Cc", "Cf") for letter in said)


async def test_two_kits_side_by_side_count_for_neither(tmp_path: Path) -> None:
    (page,) = (await reports(tmp_path))["two-kits-side-by-side.png"].pages
    assert PageProblem.TWO_PAGES_ON_ONE in {problem.code for problem in page.problems}
    assert not page.sound
