"""How many notebooks run at a time on this machine, and the memory of each one's kernel."""

import os
from pathlib import Path

ENOUGH = 6_000_000_000
"""Bytes of memory with which two notebooks run at a time."""


def jobs(cores=None, memory=None):
    """Two if there are the cores and the memory, else one: a kernel mostly keeps one core busy."""
    return 2 if (cores or _cores()) >= 2 and (memory or _memory()) >= ENOUGH else 1


def heap(kernels, memory=None):
    """The heap of each of several kernels, as FIELDNOTES_HEAP: three quarters of the memory, shared."""
    return f"{(memory or _memory()) * 3 // 4 // kernels >> 20}m"


def _cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _memory():
    """Bytes of the machine or, if that is less, of the container."""
    sizes = [os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")]
    for limit in ("memory.max", "memory/memory.limit_in_bytes"):
        try:
            sizes.append(int(Path("/sys/fs/cgroup", limit).read_text()))
        except (OSError, ValueError):
            pass  # no such limit
    return min(sizes)
