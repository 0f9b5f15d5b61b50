"""A large file: 40 pages at 600 dpi through the page, cut and killed on its way."""

import pytest

from benchmarks.upload_page import main
from tests.browser import chromium_path


@pytest.mark.nightly
@pytest.mark.timeout(900)
async def test_forty_pages_at_600_dpi_arrive_over_a_cut_and_a_kill() -> None:
    chromium_path()
    told = await main()
    assert told.megabytes > 60
    assert told.cut_at >= 25
    assert told.killed_at >= 60
    assert told.totals.endswith("Комплекты: 10 из 10")
    assert told.state == "проверен: принято 40 из 40 страниц"
    assert told.in_chat == "Все 40 страниц в порядке"
