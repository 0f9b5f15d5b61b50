"""The pool: bad files, killed, hung and starved children harm nobody else, and nothing is left behind."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from recognition.codes import FileError, Verdict
from recognition.limits import DEFAULT
from recognition.pool import Pool
from recognition.report import FileReport
from recognition.symbols import last_look
from tests.recognition.drawn import KIT, PRACTICE, jpeg, pdf, printed, scanned


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    pool = Pool(2)
    await pool.start()
    yield pool
    await pool.close()


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF of eight pages: twice the four pages of a kit."""
    path = tmp_path_factory.mktemp("scans") / "kit.pdf"
    path.write_bytes(pdf([scanned(printed(page=page), 150) for page in (1, 2, 3, 4)] * 2, 150))
    return path


async def checked(pool: Pool, path: Path, **how: object) -> FileReport:
    return await pool.check(path, PRACTICE, event="TEST", **how)


async def test_a_file_of_many_pages_is_shared_and_told_page_by_page(pool: Pool, kit: Path) -> None:
    told: list[tuple[int, int]] = []
    report = await checked(pool, kit, on_page=lambda done, total: told.append((done, total)))
    assert [(page.index, page.kit, page.page, page.verdict) for page in report.pages] == [
        (index, KIT, index % 4 + 1, Verdict.OK) for index in range(8)
    ]
    assert told == [(done, 8) for done in range(1, 9)]


async def test_pictures_of_the_worst_pages_come_first(pool: Pool, tmp_path: Path) -> None:
    square = PRACTICE.kind_of(1).squares[0].box
    pages = [
        scanned(printed(), 150),
        scanned(printed(), 150, scale=0.97),
        scanned(printed().paint(square, 255, grow=1), 150),
    ]
    path = tmp_path / "bad.pdf"
    path.write_bytes(pdf(pages, 150))
    report = await checked(pool, path, pictures=2, labels={"fiducials_missing": "Нет квадрата"})
    assert list(report.pictures) == [2, 1]
    assert all(picture[:3] == b"\xff\xd8\xff" for picture in report.pictures.values())
    assert len((await checked(pool, path, pictures=1)).pictures) == 1


async def test_a_bad_file_is_a_report_and_the_next_is_checked(pool: Pool, kit: Path, tmp_path: Path) -> None:
    text = tmp_path / "scan.pdf"
    text.write_text("no scan")
    assert (await checked(pool, text)).error is FileError.NOT_AN_IMAGE
    assert (await checked(pool, kit)).error is None


async def kill_children(pool: Pool, how: signal.Signals, *, times: int) -> None:
    for _ in range(times):
        for worker in pool.workers:
            if worker.pid:
                with suppress(ProcessLookupError):
                    os.kill(worker.pid, how)
        await asyncio.sleep(0.02)


async def test_a_child_killed_in_its_work_is_replaced_and_the_file_checked_again(pool: Pool, kit: Path) -> None:
    before = [worker.pid for worker in pool.workers]
    async with asyncio.TaskGroup() as group:
        work = group.create_task(checked(pool, kit))
        await asyncio.sleep(0.05)
        await kill_children(pool, signal.SIGKILL, times=1)
    assert [page.page for page in work.result().pages] == [1, 2, 3, 4] * 2
    assert [worker.pid for worker in pool.workers] != before


async def test_a_file_that_kills_twice_is_refused_and_the_pool_lives(pool: Pool, kit: Path) -> None:
    async with asyncio.TaskGroup() as group:
        work = group.create_task(checked(pool, kit))
        while not work.done():
            await kill_children(pool, signal.SIGSEGV, times=1)
    assert work.result().error is FileError.BROKEN_PDF
    assert (await checked(pool, kit)).error is None


async def test_a_hung_child_is_killed_at_its_deadline(kit: Path) -> None:
    pool = Pool(1, replace(DEFAULT, open_seconds=1.0))
    await pool.start()
    try:
        os.kill(pool.workers[0].pid or 0, signal.SIGSTOP)
        report = await checked(pool, kit)
        assert (report.error, len(report.pages)) == (None, 8), "a fresh child did the work"
    finally:
        await pool.close()


async def test_a_page_that_takes_too_long_is_a_timeout(kit: Path) -> None:
    pool = Pool(1, replace(DEFAULT, page_seconds=0.0005))
    await pool.start()
    try:
        assert (await checked(pool, kit)).error is FileError.TIMEOUT
    finally:
        await pool.close()


async def test_memory_is_bounded_and_the_child_replaced(kit: Path, tmp_path: Path) -> None:
    pool = Pool(1, replace(DEFAULT, memory_bytes=600_000_000))
    await pool.start()
    try:
        greedy = tmp_path / "greedy.png"
        Image.new("RGB", (8_900, 8_900), "white").save(greedy)
        assert (await checked(pool, greedy)).error is FileError.MEMORY_LIMIT
        assert (await checked(pool, kit)).error is None
    finally:
        await pool.close()


async def test_a_cancelled_check_leaves_the_pool_sound(pool: Pool, kit: Path) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.03):
            await checked(pool, kit)
    reports = await asyncio.gather(*(checked(pool, kit) for _ in range(3)))
    assert all(len(report.pages) == 8 for report in reports)


async def test_one_bad_file_harms_no_other(pool: Pool, kit: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(jpeg(scanned(printed(), 150))[:5000])
    paths = [bad, kit, bad, kit, bad]
    reports = await asyncio.gather(*(checked(pool, path) for path in paths))
    assert [report.error for report in reports] == [FileError.TRUNCATED if path == bad else None for path in paths]


async def test_children_have_no_secrets_of_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APROBOT_TELEGRAM__TOKEN", "42:SECRET")
    pool = Pool(1)
    await pool.start()
    try:
        environment = Path(f"/proc/{pool.workers[0].pid}/environ").read_bytes()
    finally:
        await pool.close()
    assert b"SECRET" not in environment


async def test_closing_leaves_no_process(kit: Path) -> None:
    pool = Pool(2)
    await pool.start()
    await checked(pool, kit)
    children = [worker.pid or 0 for worker in pool.workers]
    await pool.close()
    assert not any(Path(f"/proc/{child}").exists() for child in children)


ORPHAN = """
import asyncio, os, signal, sys
from recognition.pool import Pool
async def main():
    pool = Pool(1)
    await pool.start()
    print(pool.workers[0].pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""


def test_no_child_outlives_a_killed_parent() -> None:
    root = Path(__file__).resolve().parents[2]
    parent = subprocess.run(
        [sys.executable, "-c", ORPHAN], cwd=root, capture_output=True, text=True, timeout=60, check=False
    )
    child = Path(f"/proc/{int(parent.stdout)}")
    for _ in range(100):
        if not child.exists() or " Z " in (child / "stat").read_text():
            return
        time.sleep(0.05)
    pytest.fail("the child lives on")


def test_the_parent_loads_no_decoder() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, recognition.pool; print('cv2' in sys.modules, 'PIL' in sys.modules)"],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert loaded.stdout.split() == ["False", "False"]


async def test_the_absence_of_zbar_is_one_line_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    pool = Pool(2)
    with caplog.at_level(logging.WARNING):
        await pool.start()
    await pool.close()
    lines = [record for record in caplog.records if "libzbar" in record.getMessage()]
    assert len(lines) == (0 if last_look.is_there() else 1)


async def test_noise_is_answered_in_time(pool: Pool, tmp_path: Path) -> None:
    noise = tmp_path / "noise.png"
    dots = np.random.default_rng(0).integers(0, 2, (3508, 2480), np.uint8) * 255
    Image.fromarray(dots).save(noise, dpi=(300, 300))
    report = await checked(pool, noise)
    assert report.error is None
    assert report.pages[0].kit is None


async def test_a_path_that_is_not_there_costs_no_child(pool: Pool, tmp_path: Path) -> None:
    before = [worker.pid for worker in pool.workers]
    with pytest.raises(FileNotFoundError):
        await checked(pool, tmp_path / "gone.pdf")
    assert [worker.pid for worker in pool.workers] == before
