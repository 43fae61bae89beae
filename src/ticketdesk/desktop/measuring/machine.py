"""What the machine tells of this program: its age, its memory, and when others had the processor."""

import os
import threading
import time
from pathlib import Path


def process_start() -> float:
    """Give when this process began, in seconds since 1970; on Linux from its own record, else from now."""
    try:
        with open("/proc/self/stat", encoding="ascii") as stat, open("/proc/uptime", encoding="ascii") as up:  # noqa: PTH123
            ticks = int(stat.read().rsplit(")", 1)[1].split()[19])
            uptime = float(up.read().split()[0])
    except OSError:
        return time.time()
    return time.time() - uptime + ticks / os.sysconf("SC_CLK_TCK")


def kept_waiting() -> float:
    """Say how long this thread was ready to run while others had the processor, in seconds; 0 if nobody tells."""
    try:
        told = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat").read_text(encoding="ascii")
        return int(told.split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


def memory() -> tuple[float, float]:
    """Give the memory this process holds now, and what it held at most, in MiB; zeros if nobody tells."""
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0, 0.0
    sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in told if line.startswith(("VmRSS", "VmHWM"))}
    return sizes.get("VmRSS", 0.0), sizes.get("VmHWM", 0.0)
