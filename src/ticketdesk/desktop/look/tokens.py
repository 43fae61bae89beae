"""The design's colours, by name, for the theme in force."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from PySide6.QtGui import QColor

from ticketdesk import paths

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme: its plain colours, and solid, tint and text of each status look."""

    name: str
    base: Mapping[str, QColor]
    status: Mapping[str, Mapping[str, QColor]]

    def colour(self, name: str) -> QColor:
        """Give a colour by its token; ``status.ready.text`` for those of a status."""
        if name.startswith("status."):
            _status, look, part = name.split(".")
            return self.status[look][part]
        return self.base[name]


@cache
def design() -> dict[str, Any]:
    """Read the design's data once."""
    loaded: dict[str, Any] = json.loads((paths.resources() / "tokens.json").read_text(encoding="utf-8"))
    return loaded


@cache
def tokens(name: str) -> Tokens:
    """Give a theme by name: ``light`` or ``dark``."""
    data = design()["color"][name]
    base = {key: QColor(value) for key, value in data["base"].items() if isinstance(value, str)}
    status = {look: {part: QColor(value) for part, value in parts.items()} for look, parts in data["status"].items()}
    return Tokens(name, base, status)
