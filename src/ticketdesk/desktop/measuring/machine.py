"""What the machine tells of this program: its age, its memory, and when others had the processor."""

import os
import threading
import time
from dataclasses import dataclass
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


_OURS = ("MainThread", "ticketdesk-read", "ticketdesk-watch")
"""The window's thread, and those it waits for."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment, and for how long each of our threads had wanted a processor until then that others had; in seconds."""

    at: float
    lost: dict[str, float]

    def since(self, before: "Moment") -> tuple[float, float]:
        """Give the seconds gone by: on the clock, and without those that others had the processor.

        Of our threads that waited meanwhile only the one that waited longest counts, because they may have
        waited at the same time: what is left is rather too long than too short.
        """
        clock = self.at - before.at
        lost = max((lost - before.lost.get(name, lost) for name, lost in self.lost.items()), default=0.0)
        return clock, max(clock - lost, 0.0)


def moment() -> Moment:
    """Give this moment."""
    threads = {thread.name: thread.native_id for thread in threading.enumerate() if thread.name in _OURS}
    return Moment(time.perf_counter(), {name: _kept_waiting(number or 0) for name, number in threads.items()})


def kept_waiting() -> float:
    """Say how long this thread was ready to run while others had the processor, in seconds; 0 if nobody tells."""
    return _kept_waiting(threading.get_native_id())


def _kept_waiting(thread: int) -> float:
    try:
        told = Path(f"/proc/self/task/{thread}/schedstat").read_text(encoding="ascii")
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
