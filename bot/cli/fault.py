"""Faults that the person at the terminal can mend: one sentence, no traceback."""

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer

from bot.settings import WrongSetting
from services.db.faults import DatabaseFault, SlotTakenError
from services.files.faults import StoreError
from services.texts import load_texts

WRONG_USAGE = 2
FAILED = 1

SYSTEM_FAULTS = {
    errno.EADDRINUSE: "fault.port_taken",
    errno.EACCES: "fault.no_right",
    errno.EPERM: "fault.no_right",
    errno.EROFS: "fault.read_only",
    errno.ENOSPC: "fault.disk_full",
    errno.ENOTDIR: "fault.not_a_folder",
    errno.EEXIST: "fault.not_a_folder",
    errno.EADDRNOTAVAIL: "fault.address",
    errno.ECONNREFUSED: "fault.database_away",
}


class Fault(Exception):  # noqa: N818 (told in one sentence)
    """Something the person can mend. `key` names the sentence."""

    def __init__(self, key: str, code: int = FAILED, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.code = code
        self.values = values


@contextmanager
def one_sentence() -> Iterator[None]:
    """Turns known faults into one sentence on standard error and an exit code."""
    texts = load_texts("ru")
    try:
        yield
    except WrongSetting as fault:
        key = fault.why if texts.has(fault.why) else "settings.wrong"
        say(texts(key, name=fault.name))
        raise SystemExit(WRONG_USAGE) from None
    except Fault as fault:
        say(texts(fault.key, **fault.values))
        raise SystemExit(fault.code) from None
    except DatabaseFault as fault:
        say(texts(f"fault.database_{fault.why}"))
        raise SystemExit(FAILED) from None
    except SlotTakenError:
        say(texts("fault.already_running"))
        raise SystemExit(FAILED) from None
    except StoreError:
        say(texts("fault.object_store"))
        raise SystemExit(FAILED) from None
    except OSError as error:
        told = "fault.address" if isinstance(error, socket.gaierror) else SYSTEM_FAULTS.get(error.errno or 0)
        if told is None:
            raise
        say(texts(told, place=error.filename or ""))
        raise SystemExit(FAILED) from None


def say(sentence: str) -> None:
    typer.echo(sentence, err=True)
