"""The stories by name."""

from sandbox.demo.stage import KITS
from sandbox.play.blocked_coordinator import play_blocked_coordinator
from sandbox.play.destroyed_qr import play_destroyed_qr
from sandbox.play.double_print import play_double_print
from sandbox.play.main_job import play_main_job
from sandbox.play.scaled import play_scaled
from sandbox.play.surplus import play_surplus
from sandbox.play.wrong_n import play_wrong_n

MAIN_JOB = "main-job"
SURPLUS = "surplus"

PLAYS = {
    MAIN_JOB: play_main_job,
    "double-print": play_double_print,
    "scaled": play_scaled,
    "destroyed-qr": play_destroyed_qr,
    SURPLUS: play_surplus,
    "wrong-n": play_wrong_n,
    "blocked-coordinator": play_blocked_coordinator,
}

PRINTED = {SURPLUS: KITS + 1}
"""Kits in the print file, where a story needs another number of them."""
