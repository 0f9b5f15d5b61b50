"""No class is read or named less than it was, or more unnoticed; nobody's page is taken for another's."""

from collections import Counter
from collections.abc import Callable, Iterable

import pytest

from benchmarks.corpora import FULL, planned, run
from tests.recognition.corpora.evaluate import Outcome
from tests.recognition.corpora.floors import SHORT, SMALL, STUDY_RATES
from tests.recognition.corpora.reads import ONE_WHOLE
from tests.recognition.corpora.small import pages, reached

FALSE_ALARMS = 0.005
RECALL, PRECISION = 0.95, 0.97


@pytest.mark.parametrize(("family", "name"), [(family, name) for family in SMALL for name in SMALL[family]])
def test_as_much_is_right_as_is_written_down(family: str, name: str) -> None:
    made = pages(family, name)
    assert [page for page in made if page.misread] == []
    assert sum(map(reached, made)) == SMALL[family][name], (
        "less is a loss; more is a gain, to be written into floors.toml"
    )


def test_sound_pages_have_no_problems() -> None:
    assert {page.number: page.alarms for page in pages("good", "good") if page.alarms} == {}


@pytest.fixture(scope="module")
def whole() -> list[Outcome]:
    return [page for job in planned(seed=1, scale=1.0) for page in run(job)]


@pytest.mark.nightly
@pytest.mark.timeout(10_800)
def test_the_whole_corpus_keeps_the_floors(whole: list[Outcome]) -> None:
    assert [page for page in whole if page.misread] == []
    sound = [page for page in whole if page.family == "good"]
    assert len(sound) == FULL["good"]
    assert all(page.read for page in sound)
    assert sum(bool(page.alarms) for page in sound) <= FALSE_ALARMS * len(sound)
    assert {*unread(whole), *unnamed(whole), *imprecise(whole)} - {*SHORT} == set()


def unread(whole: Iterable[Outcome]) -> Iterable[str]:
    for name, rate in STUDY_RATES.items():
        # These pages may be harder than the study's: its own reader on the same pages tells.
        of_one = min(rate, share(whole, "read", name, lambda page: bool(page.by_cascade)))
        for family, least in (("read", of_one), ("two", 0.99 if name in ONE_WHOLE else rate)):
            if share(whole, family, name, lambda page: page.read) < least:
                yield f"{family}:{name}"


def unnamed(whole: Iterable[Outcome]) -> Iterable[str]:
    for name in {page.name for page in whole if page.family == "code"}:
        if share(whole, "code", name, lambda page: page.named) < RECALL:
            yield f"recall:{name}"


def share(whole: Iterable[Outcome], family: str, name: str, right: Callable[[Outcome], bool]) -> float:
    found = [right(page) for page in whole if (page.family, page.name) == (family, name)]
    return sum(found) / len(found)


def imprecise(whole: Iterable[Outcome]) -> Iterable[str]:
    judged = [page for page in whole if page.family in ("good", "code")]
    said = Counter(code for page in judged for code in page.said)
    wrong = Counter(code for page in judged for code in page.uncalled)
    return [f"precision:{code}" for code in said if 1 - wrong[code] / said[code] < PRECISION]
