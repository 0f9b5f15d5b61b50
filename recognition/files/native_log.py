"""Hears what libjpeg says to standard error.

OpenCV hands out a picture also where the data ended early, the lost part filled with grey. The only witness is the line
that libjpeg writes to descriptor 2, so the descriptor is turned to a memory file while it decodes.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager


class NativeLog:
    """The text heard; complete after the `with` block."""

    text: str = ""


@contextmanager
def hear_native_log() -> Iterator[NativeLog]:
    """Catches descriptor 2 of the whole process for the time of the block: for single-threaded use."""
    log = NativeLog()
    saved = os.dup(2)
    ear = os.memfd_create("native-log")
    try:
        os.dup2(ear, 2)
        yield log
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        log.text = os.pread(ear, 4096, 0).decode("latin-1")
        os.close(ear)
