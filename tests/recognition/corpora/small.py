"""The small run: a few pages of each class, the same in every test run, counted by class."""

import sys
from collections.abc import Iterator
from functools import cache

from tests.recognition.corpora.evaluate import FAMILIES, Outcome, names, outcomes

SEED = 20
PAGES = {"good": 24, "read": 3, "two": 1, "code": 3}
SLOW = {"dpi600": 1, "phone_mild": 1, "phone_hard": 1, "photo_not_scan": 2, "dirty_glass": 1}
"""Classes of large pictures, or of several pages each."""


@cache
def pages(family: str, name: str) -> list[Outcome]:
    count = SLOW.get(name, PAGES[family])
    return [page for number in range(count) for page in outcomes(family, name, number, SEED)]


def reached(page: Outcome) -> bool:
    """As it should be: the harm is named; else the page is read."""
    return page.named if page.family == "code" else page.read


def as_table() -> Iterator[str]:
    """The rows of floors.toml as they are today."""
    for family in FAMILIES:
        yield f"\n[small.{family}]"
        for name in names(family):
            yield f'"{name}" = {sum(map(reached, pages(family, name)))}'


if __name__ == "__main__":
    sys.stdout.write("\n".join([*as_table(), ""]))
