"""The checklists of the Order's variants, as far as this version walks them."""

from services.checklists.step import Checklist
from services.checklists.variants.variant2 import VARIANT_2

CHECKLISTS: dict[int, Checklist] = {2: VARIANT_2}


def checklist_of(variant: int) -> Checklist | None:
    """The steps of a variant; None where this version leaves the college to its coordinator.

    Under variant 4 each college is assigned 2 or 3 and walks that one.
    """
    return CHECKLISTS.get(variant)
