"""The ledger in a few lines of words, as screens and captions show it."""

from services.kits.counts import KitCounts
from services.texts import Texts


def state_line(texts: Texts, counts: KitCounts) -> str:
    """How many kits are counted, how many lack pages, how many are surplus; as HTML."""
    lines = [counted(texts, counts)]
    if counts.lacking:
        lines.append(texts.n("ledger.lacking", len(counts.lacking)))
    if counts.surplus:
        lines.append(texts.n("ledger.surplus", len(counts.surplus)))
    return "\n".join(lines)


def counted(texts: Texts, counts: KitCounts) -> str:
    """`7 of 10`, or only the number of whole kits while nobody has said N."""
    if counts.declared is None:
        return texts.n("ledger.undeclared", counts.whole)
    return texts.n("ledger.counted", counts.declared, complete=counts.complete)
