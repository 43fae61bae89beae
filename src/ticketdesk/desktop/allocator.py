"""How the allocator of the GNU library goes about memory; on other systems there is nothing to tell."""

import ctypes
import sys

_M_MMAP_THRESHOLD, _LARGE = -3, 1 << 19
_M_ARENA_MAX, _ARENAS = -8, 2


def share_arenas() -> None:
    """Let all threads take from two heaps: what one lane lets go another takes up, so that use does not add up."""
    _tell("mallopt", _M_ARENA_MAX, _ARENAS)


def return_large() -> None:
    """Let what is large go back to the system at once: the list of a million orders, when another comes."""
    _tell("mallopt", _M_MMAP_THRESHOLD, _LARGE)


def return_kept() -> None:
    """Give back what is kept of pages, papers and pictures that are closed: 10 to 20 MiB, in 2 to 18 milliseconds."""
    _tell("malloc_trim", 0)


def _tell(function: str, *values: int) -> None:
    if sys.platform == "linux" and (call := getattr(ctypes.CDLL(None), function, None)) is not None:
        call(*values)
