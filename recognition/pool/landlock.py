"""A read-only file system for this process, by the kernel's Landlock (Linux 5.13; landlock(7))."""

import ctypes
import os
import struct

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
"""The same numbers on every architecture."""
_ASK_VERSION = 1
_PATH_BENEATH = 1
_WRITE_FILE = 1 << 1
_CHANGES = sum(1 << bit for bit in (1, *range(4, 13)))
"""Writing, removing and making of every kind; reading stays free, for libraries and scans lie anywhere."""
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_TCP = 0b11
_O_PATH = os.O_PATH | os.O_CLOEXEC


def read_only() -> bool:
    """Forbids this process and its children every change of the file system, and TCP where the kernel can.

    False where the kernel has no Landlock or does not let it be used. No new privileges must be set before.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE, None, ctypes.c_size_t(0), _ASK_VERSION)
    if version < 1:
        return False
    changes = _CHANGES | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    wanted = struct.pack("QQ", changes, _TCP) if version >= 4 else struct.pack("Q", changes)
    rules = libc.syscall(_CREATE, wanted, ctypes.c_size_t(len(wanted)), 0)
    if rules < 0:
        return False
    try:
        _allow(libc, rules, os.devnull, _WRITE_FILE)
        return bool(libc.syscall(_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: str, access: int) -> None:
    there = os.open(path, _O_PATH)
    try:
        libc.syscall(_ADD_RULE, rules, _PATH_BENEATH, struct.pack("=Qi", access, there), 0)
    finally:
        os.close(there)
