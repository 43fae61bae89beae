"""How old this process is."""

import os
import time


def process_start() -> float:
    """Give when this process began, in seconds since 1970; on Linux from its own record, else from now."""
    try:
        with open("/proc/self/stat", encoding="ascii") as stat, open("/proc/uptime", encoding="ascii") as up:  # noqa: PTH123
            ticks = int(stat.read().rsplit(")", 1)[1].split()[19])
            uptime = float(up.read().split()[0])
    except OSError:
        return time.time()
    return time.time() - uptime + ticks / os.sysconf("SC_CLK_TCK")
