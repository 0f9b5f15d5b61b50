"""What a child gives up before it touches a stranger's bytes."""

import ctypes
import math
import os
import resource
import signal

from recognition.pool.landlock import read_only
from recognition.pool.seccomp import forbid

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38


def confine(memory_bytes: int, open_files: int, parent: int) -> None:
    """Bounds memory and files, forbids core dumps, and ties the child's life to its parent's (Linux)."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:
        # The parent died before the signal was asked for: nobody would ever stop this process.
        os._exit(1)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (open_files, open_files))
    # Ctrl-C in a terminal reaches the whole group; the parent alone decides when its children end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def shut() -> list[str]:
    """Gives up the network, other programs and every change of files; what the kernel does not let it give up.

    Only once all libraries are loaded: some of them look for their parts by starting programs.
    """
    guards = {"read_only_files": read_only, "no_network": forbid}
    return [name for name, guard in guards.items() if not guard()]


def allow_cpu(seconds: float) -> None:
    """So much more CPU from now on; beyond, the kernel ends the process, also where its parent does not watch."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
