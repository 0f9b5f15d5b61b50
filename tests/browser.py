"""A headless Chromium for tests that look at pages: `from tests.browser import browser, chromium, page`.

One process serves the whole run; each test gets a context of its own, as fresh as a new browser.
"""

import os
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from ctypes.util import find_library
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.system import program

NAMES = ("chromium", "chromium-browser", "google-chrome")
STARTS_WITHIN_S = 30
ARGUMENTS = [
    "--headless=new",
    "--remote-debugging-port=0",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> Path:
    """The system's Chromium, and a library that Playwright's driver needs; as root they are installed if missing."""
    program(_atomic, "libatomic1")
    return program(_found, "chromium")


def _atomic() -> Path | None:
    name = find_library("atomic")
    return Path(name) if name else None


def _found() -> Path | None:
    return next((Path(path) for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address by which a running Chromium is driven."""
    profile = tmp_path_factory.mktemp("chromium")
    sandboxed = [] if os.geteuid() else ["--no-sandbox"]
    command = [str(chromium_path()), *ARGUMENTS, *sandboxed, f"--user-data-dir={profile}", "about:blank"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield _address(profile / "DevToolsActivePort", command[0])
        finally:
            process.terminate()


def _address(announced: Path, name: str) -> str:
    """Chromium writes its port and path into a file of its profile once it listens."""
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline:
        lines = announced.read_text("utf-8").split() if announced.exists() else []
        if len(lines) == 2:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        time.sleep(0.05)
    pytest.fail(f"{name} does not start")


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(chromium)
        yield browser
        await browser.close()


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A page whose scripts must not fail or complain."""
    complaints: list[str] = []
    context = await browser.new_context(viewport={"width": 1440, "height": 860}, locale="ru-RU")
    page = await context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    yield page
    await context.close()
    if complaints:
        pytest.fail(f"the page complained: {complaints}")
