"""A command: what it is called, its key, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass


def always() -> bool:
    """Say yes: most commands are always possible."""
    return True


@dataclass(frozen=True)
class Command:
    """Something a person can do from a key, a menu or the palette; ``text`` is marked, not translated."""

    id: str
    text: str
    key: str
    icon: str
    run: Callable[[], None]
    enabled: Callable[[], bool] = always

    @property
    def keys(self) -> tuple[str, ...]:
        """Give its keys, the usual one first; most have one, some none."""
        return tuple(self.key.split(", ")) if self.key else ()
