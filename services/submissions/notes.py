"""Paragraphs of a summary about pages that are sound and yet add nothing to the count."""

from services.kits.credit import Credit
from services.submissions.batch_view import BatchView, FileView
from services.submissions.phrases import MOST_LISTED, listed, one_or_many
from services.texts import Texts

MOST_IN_TITLE = 3


def strangers(texts: Texts, batch: BatchView) -> str:
    """Sound pages that count for nobody here: those of surplus kits and of another college's kits."""
    lines = []
    if kits_with(batch, Credit.SURPLUS):
        why = one_or_many(texts, "upload.surplus", batch.counts.declared or 0)
        lines.append(f"<b>{surplus_title(texts, batch)}</b>\n{why}")
    for college, kits in others_kits(batch).items():
        lines.append(one_or_many(texts, "upload.other_college", len(kits), kits=listed(texts, kits), college=college))
    return "\n".join(lines)


def surplus_title(texts: Texts, batch: BatchView) -> str:
    surplus = kits_with(batch, Credit.SURPLUS)
    return one_or_many(texts, "upload.surplus_kits", len(surplus), kits=listed(texts, surplus, MOST_IN_TITLE))


def kits_with(batch: BatchView, credit: Credit) -> list[str]:
    return sorted({page.kit for page in batch.pages if page.credit == credit and page.kit})


def others_kits(batch: BatchView) -> dict[str, list[str]]:
    """Kits of other colleges by the college's name; without one where nobody knows it any more."""
    found: dict[str, list[str]] = {}
    for kit in kits_with(batch, Credit.OTHER_COLLEGE):
        found.setdefault(batch.owners.get(kit, ""), []).append(kit)
    return found


def repeats(texts: Texts, batch: BatchView) -> str:
    """What was sent before: news, not a fault."""
    told = {
        "upload.better": [page for page in batch.pages if page.replaces],
        "upload.again": [page for page in batch.pages if page.credit == Credit.AGAIN],
        "upload.undecided": [page for page in batch.pages if page.credit == Credit.UNDECIDED],
        "upload.aside": [page for page in batch.pages if page.credit == Credit.ASIDE],
    }
    lines = [one_or_many(texts, key, len(pages)) for key, pages in told.items() if pages]
    same = [file for file in batch.files if file.same_as is not None]
    lines += [texts.html(same_key(file), name=file.name) for file in same[:MOST_LISTED]]
    if blank := sum(page.verdict == "blank" for page in batch.pages):
        lines.append(texts.n("upload.blank", blank))
    return "\n".join(lines)


def same_key(file: FileView) -> str:
    """What to say of a file that came before: nothing is called counted that does not count, nor asked for again."""
    if file.same_not_counted:
        return "upload.same_left_out"
    return "upload.same_bad" if file.same_was_bad else "upload.same_file"
