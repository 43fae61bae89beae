"""What this PC remembers for itself: which shop, language, theme, printers, window. Never a password."""

import dataclasses
import tomllib
from dataclasses import dataclass
from pathlib import Path

import tomlkit

from ticketdesk import paths

THEMES = ("system", "light", "dark")
ZOOMS = ("100", "110", "125", "150")
"""Sizes of everything in the window, in percent."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """Settings of this PC only; empty means not chosen yet. Printers by their system name."""

    database: str = ""
    station: str = "Casa 1"
    language: str = ""
    theme: str = "system"
    zoom: str = ZOOMS[0]
    receipt_printer: str = ""
    label_printer: str = ""
    page_printer: str = ""
    scan_prefix: str = ""
    fiscal_folder: str = ""


def load() -> Preferences:
    """Read the settings of this PC; what cannot be read is as if never chosen."""
    try:
        found = tomllib.loads(_file().read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError):
        return Preferences()
    known = {field.name for field in dataclasses.fields(Preferences)}
    read = Preferences(**{name: value for name, value in found.items() if name in known and isinstance(value, str)})
    return read if read.zoom in ZOOMS else dataclasses.replace(read, zoom=ZOOMS[0])


def save(preferences: Preferences) -> None:
    """Write the settings of this PC, keeping what else the file says."""
    path = _file()
    document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    for name, value in dataclasses.asdict(preferences).items():
        document[name] = value
    half = path.with_suffix(".part")
    half.write_text(tomlkit.dumps(document), encoding="utf-8")
    half.replace(path)


def _file() -> Path:
    return paths.state() / "settings.toml"
