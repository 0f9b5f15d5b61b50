"""Variant 2: the college prints and scans by itself. The 12 steps are those of the Order, 2.2, in its order."""

from services.checklists.step import CheckItem, Checklist, Kind, Step

WORKSTATION = (
    CheckItem("windows"),
    CheckItem("cpu"),
    CheckItem("ram"),
    CheckItem("display"),
    CheckItem("internet"),
    CheckItem("scanner"),
    CheckItem("browser", required=False),
    CheckItem("rights"),
    CheckItem("skills"),
)
"""The minimum of the workstation and of the specialist (the Order, 1)."""

PRINTING = (
    CheckItem("paper"),
    CheckItem("scale"),
    CheckItem("once"),
    CheckItem("symbols"),
    CheckItem("squares"),
    CheckItem("one_a_side"),
    CheckItem("cartridge"),
)
"""What printed sheets must be (the Order, 1). Whether they are duplex is free."""

VARIANT_2: Checklist = (
    Step("sign_in", "2.2, 1", Kind.SIGN_IN),
    Step("download", "2.2, 2", Kind.DOWNLOAD),
    Step("read", "2.2, 3", Kind.READ),
    Step("workstation", "2.2, 4", Kind.SELF_CHECK, WORKSTATION),
    Step("print", "2.2, 5", Kind.PRINT_CHECK, PRINTING),
    Step("fill", "2.2, 6", Kind.FILL),
    Step("sign_in_scanning", "2.2, 7", Kind.SIGN_IN),
    Step("participants", "2.2, 8", Kind.PARTICIPANTS),
    Step("install", "2.2, 9", Kind.INSTALL),
    Step("scan", "2.2, 10", Kind.SCAN),
    Step("finish", "2.2, 11", Kind.FINISH),
    Step("notice", "2.2, 12", Kind.NOTICE),
)
