"""A command: what it is called, its key, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass


def always() -> bool:
    """Say yes: most commands are always possible."""
    return True


@dataclass(frozen=True)
class Command:
    """Something a person can do from a key, a menu or the palette.

    ``text`` is marked, not translated; so is each of ``words``, what else people call it, between commas.
    """

    id: str
    text: str
    key: str
    icon: str
    run: Callable[[], None]
    enabled: Callable[[], bool] = always
    words: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Give its keys, the usual one first; most have one, some none."""
        return tuple(self.key.split(", ")) if self.key else ()


_SHOWN = {"Return": "Enter", "Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


def shown_key(key: str) -> str:
    """Write a key as it stands on the keyboard: ``Ctrl+Enter``, ``Alt+←``."""
    *modifiers, last = key.split("+") if not key.endswith("++") else (*key[:-2].split("+"), "+")
    return "+".join((*modifiers, _SHOWN.get(last, last)))
