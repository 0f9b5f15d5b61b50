"""What a child gives up before it touches a stranger's bytes."""

import ctypes
import os
import resource
import signal

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
