"""The process that decodes: reads requests on standard input, answers on standard output, knows nothing else.

Started as `python -m recognition.pool.child <parent's pid> <limits as JSON>`.
"""

import json
import os
import sys
import traceback
from dataclasses import dataclass, field
from io import BufferedReader, BufferedWriter
from typing import Any

from recognition.codes import FileError
from recognition.limits import Limits
from recognition.pool.confine import allow_cpu, confine, shut
from recognition.pool.wire import HEADER, pack

_CPU_OF_DEADLINE = 2.0
"""The parent's own deadlines come first; this is for a parent that has stopped."""


def main() -> None:
    """Serves until standard input ends."""
    parent, limits = int(sys.argv[1]), Limits(**json.loads(sys.argv[2]))
    requests, answers = _private_pipes()
    confine(limits.memory_bytes, limits.open_files, parent)
    # Libraries are loaded only now, under the limits, and OpenCV reads its own limit when it is loaded.
    from recognition.pool.desk import Desk  # noqa: PLC0415

    desk = Desk(limits)
    _say(answers, {"ready": True, "zbar": desk.has_zbar, "missing": shut()})
    while (request := _hear(requests)) is not None:
        allow_cpu(_CPU_OF_DEADLINE * (limits.open_seconds + limits.page_seconds))
        answer = _answer(desk, request)
        _say(answers, answer.message, answer.blob)
        if answer.spent:
            return


def _private_pipes() -> tuple[BufferedReader, BufferedWriter]:
    """The pipes under new descriptors: a library that prints cannot then break the talk."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return requests, answers


def _hear(requests: BufferedReader) -> dict[str, Any] | None:
    head = requests.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    length, extra = HEADER.unpack(head)
    text = requests.read(length + extra)
    return None if len(text) < length + extra else dict(json.loads(text[:length]))


def _say(answers: BufferedWriter, message: dict[str, Any], blob: bytes = b"") -> None:
    answers.write(pack(message, blob))
    answers.flush()


@dataclass(frozen=True, slots=True)
class _Answer:
    message: dict[str, Any] = field(default_factory=dict)
    blob: bytes = b""
    spent: bool = False


def _answer(desk: Any, request: dict[str, Any]) -> _Answer:
    from recognition.files.refused import FileRefusedError  # noqa: PLC0415 - loaded under the limits, as above

    try:
        message, blob = desk.serve(request)
        return _Answer(message, blob)
    except FileRefusedError as refused:
        return _Answer({"refused": refused.code, "detail": refused.detail})
    except MemoryError:
        return _Answer({"refused": FileError.MEMORY_LIMIT, "detail": {}}, spent=True)
    # The edge of the process: whatever a stranger's file provokes is told to the parent, which starts a fresh child.
    except Exception as error:  # noqa: BLE001
        if "memory" in str(error).lower() or "Failed to allocate" in str(error):
            return _Answer({"refused": FileError.MEMORY_LIMIT, "detail": {}}, spent=True)
        return _Answer({"failed": traceback.format_exc(limit=-6)}, spent=True)


if __name__ == "__main__":
    main()
