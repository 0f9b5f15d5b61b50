"""The ledger in a few lines of words, as screens and captions show it."""

from services.kits.counts import KitCounts
from services.texts import Texts

MOST_NAMED = 5


def state_line(texts: Texts, counts: KitCounts) -> str:
    """How many kits are counted, which are in dispute, how many lack pages or are surplus; as HTML."""
    lines = [counted(texts, counts)]
    if counts.conflict:
        lines.append(conflicts(texts, counts))
    if counts.lacking:
        lines.append(texts.n("ledger.lacking", len(counts.lacking)))
    if counts.surplus:
        lines.append(texts.n("ledger.surplus", len(counts.surplus)))
    if counts.aside:
        lines.append(texts.n("ledger.aside", len(counts.aside)))
    return "\n".join(lines)


def unseen(texts: Texts, counts: KitCounts) -> str:
    """Which numbers of the print file no scan has shown; empty where the file is not known."""
    if not counts.unseen:
        return ""
    more = "…" if len(counts.unseen) > MOST_NAMED else ""
    return texts.html_n("ledger.unseen", len(counts.unseen), kits=", ".join(counts.unseen[:MOST_NAMED]) + more)


def conflicts(texts: Texts, counts: KitCounts) -> str:
    """The kits of which two different sheets carry one number."""
    return texts.html_n("ledger.conflict", len(counts.conflict), kits=", ".join(counts.conflict[:MOST_NAMED]))


def counted(texts: Texts, counts: KitCounts) -> str:
    """`7 of 10`, or only the number of whole kits while nobody has said N."""
    if counts.declared is None:
        return texts.n("ledger.undeclared", counts.whole)
    return texts.n("ledger.counted", counts.declared, complete=counts.complete)
