"""What recognition reads, names and says wrongly, on the second corpus and on the simulator's.

`python -m benchmarks.corpora [--seed S] [--scale 0.1] [--classes streaks good …] [--jobs 2]`: whole at scale 1, about
5,000 pages of the second corpus and 2,500 of the simulator's; each is drawn anew from the seed, nothing is kept.
`--families good read two code simulated` names parts of it; `--list` prints each page that is not as it should be.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from benchmarks import simulated
from tests.recognition.corpora.evaluate import FAMILIES, Outcome, names, outcomes
from tests.recognition.corpora.floors import STUDY_RATES
from tests.recognition.corpora.reads import ONE_WHOLE

FULL = {"good": 2000, "read": 40, "two": 24, "code": 66}
BATCHES = 14
"""Of dirty glass: four to six pages each."""

Job = tuple[str, str, int, int]
In = TypeVar("In")
Out = TypeVar("Out")


def main() -> None:
    asked = arguments()
    with ProcessPoolExecutor(asked.jobs) as pool:
        found = done(pool, run, list(planned(asked.seed, asked.scale, asked.classes, asked.families)))
        print("\n".join(table(found)))
        if "simulated" in asked.families:
            jobs = list(simulated.planned(asked.seed, asked.scale, asked.classes))
            print("\n".join(simulated.table(done(pool, simulated.run, jobs))))
    if asked.list:
        print("\n".join(listed(found)))


def done(pool: ProcessPoolExecutor, work: Callable[[In], list[Out]], jobs: Sequence[In]) -> list[Out]:
    """What the jobs give, one after the other; how far it is goes to standard error."""
    found: list[Out] = []
    started = time.monotonic()
    for number, pages in enumerate(pool.map(work, jobs, chunksize=2), 1):
        found += pages
        if number % 100 == 0:
            print(f"{number}/{len(jobs)} {time.monotonic() - started:.0f} s", file=sys.stderr)
    return found


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--classes", nargs="*", default=[])
    parser.add_argument("--families", nargs="*", default=(*FAMILIES, "simulated"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="one line for each page that is not as it should be")
    return parser.parse_args()


def planned(seed: int, scale: float, classes: Sequence[str] = (), families: Sequence[str] = FAMILIES) -> Iterable[Job]:
    for family in FAMILIES:
        if family not in families:
            continue
        for name in names(family):
            if not classes or name in classes:
                count = BATCHES if name == "dirty_glass" else FULL[family]
                yield from ((family, name, number, seed) for number in range(max(1, round(count * scale))))


def run(job: Job) -> list[Outcome]:
    return outcomes(*job)


def table(found: list[Outcome]) -> Iterable[str]:
    by_class: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in found:
        by_class[outcome.family, outcome.name].append(outcome)
    yield from good_table(by_class.get(("good", "good"), []))
    yield from read_table("one symbol a page", by_class, "read")
    yield from read_table("two symbols a page", by_class, "two")
    yield from code_table(found)


def good_table(pages: list[Outcome]) -> Iterable[str]:
    if not pages:
        return
    alarmed = [page for page in pages if page.alarms]
    codes = Counter(code for page in alarmed for code in page.alarms)
    yield f"\ngood pages: {len(pages)}; false alarms {len(alarmed)} = {len(alarmed) / len(pages):.2%} {dict(codes)}"
    yield f"kit and page right: {sum(page.read for page in pages)}/{len(pages)}; misread {misreads(pages)}"


def read_table(title: str, by_class: dict[tuple[str, str], list[Outcome]], family: str) -> Iterable[str]:
    rows = [(name, pages) for (kind, name), pages in by_class.items() if kind == family]
    if rows:
        yield f"\n| {title} | n | read % | floor % | casc_F on the same pages % | misread |"
        yield "|---|---|---|---|---|---|"
    for name, pages in rows:
        read = sum(page.read for page in pages) / len(pages)
        peers = [page.by_cascade for page in pages if page.by_cascade is not None]
        peer = f"{sum(peers) / len(peers):.1%}" if peers else ""
        floor = STUDY_RATES[name] if family == "read" else max(0.99 if name in ONE_WHOLE else 0, STUDY_RATES[name])
        below = " **" if read < floor else ""
        yield f"| {name} | {len(pages)} | {read:.1%}{below} | {floor:.1%} | {peer} | {misreads(pages)} |"


def code_table(found: list[Outcome]) -> Iterable[str]:
    judged = [page for page in found if page.family in ("good", "code")]
    codes = sorted({code for page in judged for code in page.harms | page.said})
    if codes:
        yield "\n| code | n | recall | precision | said wrongly on | kit and page right | misread |"
        yield "|---|---|---|---|---|---|---|"
    for code in codes:
        owed = [page for page in judged if page.name == code]
        said = [page for page in judged if code in page.said]
        wrong = Counter(page.name for page in said if code in page.uncalled)
        recall = f"{sum(page.named for page in owed) / len(owed):.3f}" if owed else "-"
        precision = f"{1 - wrong.total() / len(said):.3f}" if said else "-"
        nameable = [page for page in owed if page.must_be_named]
        right = f"{sum(page.read for page in nameable)}/{len(nameable)}"
        elsewhere = dict(wrong.most_common(4)) or ""
        yield f"| {code} | {len(owed)} | {recall} | {precision} | {elsewhere} | {right} | {misreads(owed)} |"


def misreads(pages: list[Outcome]) -> int:
    return sum(page.misread for page in pages)


def listed(found: list[Outcome]) -> Iterable[str]:
    for page in found:
        where = f"{page.family} {page.name} {page.number} {page.note} {page.form[:8]} {page.dpi} {page.mode}"
        if page.family == "code" and not page.named:
            yield f"missed   {where}: said {sorted(page.said)}"
        if page.family in ("good", "code") and page.uncalled:
            yield f"uncalled {where}: {sorted(page.uncalled)}"
        if page.misread:
            yield f"misread  {where}"
        if page.must_be_named and not page.read:
            yield f"unread   {where}: {page.verdict}{' (cascade reads it)' if page.by_cascade else ''}"


if __name__ == "__main__":
    main()
