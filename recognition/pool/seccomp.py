"""System calls that a decoder never needs, forbidden by a filter in the kernel (seccomp(2))."""

import ctypes
import os
import platform
import struct
from collections.abc import Sequence

_PR_SET_SECCOMP, _FILTER = 22, 2
_LOAD_WORD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW = 0x7FFF0000
_DENY = 0x00050000 | 1  # the call fails with EPERM: a library then goes on or gives up, and says so
_NUMBER_AT, _ARCHITECTURE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_X32 = 0x40000000
"""A second set of calls on x86-64, under which every number would slip by."""

_FORBIDDEN: dict[str, tuple[int, int]] = {
    "socket": (41, 198),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "execve": (59, 221),
    "execveat": (322, 281),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kill": (62, 129),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438),
    "setpriority": (141, 140),
    "mount": (165, 40),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_by_handle_at": (304, 265),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "keyctl": (250, 219),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
}
"""Numbers on x86-64 and on 64-bit ARM; owners, rights and times of files are here because Landlock leaves them free."""
_OLD = {"chmod": 90, "chown": 92, "lchown": 94, "utime": 132, "utimes": 235, "futimesat": 261}
"""Only x86-64 still has these."""
_PRLIMIT, _TGKILL = (302, 261), (234, 131)
"""Allowed on oneself alone: each request renews its bound of CPU, and allocators end a process by its own signal."""
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Column of the table, and the kernel's own name (linux/audit.h)."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def forbid() -> bool:
    """No network, no other program, no look into other processes from here on; False where that cannot be had.

    No new privileges must be set before.
    """
    known = _ARCHITECTURES.get(platform.machine())
    if known is None:
        return False
    column, architecture = known
    forbidden = [numbers[column] for numbers in _FORBIDDEN.values()] + ([] if column else list(_OLD.values()))
    code = _program(architecture, forbidden, ((_PRLIMIT[column], 0), (_TGKILL[column], os.getpid())))
    program = _Program(len(code) // 8, code)
    return bool(ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


def _program(architecture: int, numbers: Sequence[int], only_with: Sequence[tuple[int, int]]) -> bytes:
    """Berkeley Packet Filter: each step is a code, how far to jump on yes and on no, and a value.

    `only_with`: calls that are allowed where their first argument has that value.
    """
    arguments = [step for number, value in only_with for step in _only(number, value)]
    denied = len(numbers) + len(arguments)
    steps = [
        (_LOAD_WORD, 0, 0, _ARCHITECTURE_AT),
        (_IF_EQUAL, 0, denied + 3, architecture),
        (_LOAD_WORD, 0, 0, _NUMBER_AT),
        (_IF_AT_LEAST, denied + 1, 0, _X32),
        *((_IF_EQUAL, denied - at, 0, number) for at, number in enumerate(numbers)),
        *arguments,
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DENY),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _only(number: int, value: int) -> list[tuple[int, int, int, int]]:
    """For this call: on with the value, denied with any other; for other calls: on to the next step."""
    return [
        (_IF_EQUAL, 0, 4, number),
        (_LOAD_WORD, 0, 0, _FIRST_ARGUMENT_AT),
        (_IF_EQUAL, 1, 0, value),
        (_RETURN, 0, 0, _DENY),
        (_RETURN, 0, 0, _ALLOW),
    ]
