"""The driver's side of the fiscal printer's folder, as a device with its own memory of what it printed."""

import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

REFUSALS = {
    "paper": "Lipsă hârtie",
    "group": "Grupa TVA nu este programată",
    "day": "Ziua fiscală precedentă nu este închisă: emiteți raportul Z",
    "hours": "Au trecut 24 de ore de la ultimul raport Z",
}
"""What the device says when it prints nothing, and why."""
_CEDILLAS = str.maketrans("ȘșȚț", "ŞşŢţ")
"""Windows-1250, which drivers write, has no letters with commas below."""


@dataclass
class FiscalDriver:
    """Takes command files out of a folder, prints them in its memory, and answers, or fails to.

    ``faults`` names what goes wrong with a file, in turn: ``silent`` prints and says nothing, ``late`` answers at the
    second look, ``half`` answers half first, ``twice`` answers twice, a key of ``REFUSALS`` refuses, ``off`` does not
    even take the file, ``dies`` takes it and neither prints nor answers. ``blocked`` is what it refuses every file for
    until it is mended.
    """

    folder: Path
    blocked: str = ""
    faults: list[str] = field(default_factory=list)
    printed: list[tuple[str, str]] = field(default_factory=list)
    """File name and content of each fiscal receipt that came out of the device."""
    met: Counter[str] = field(default_factory=Counter)
    """How often each fault has happened."""
    _answers: list[tuple[Path, str]] = field(default_factory=list)

    def work(self) -> None:
        """Look into the folder once."""
        for path, text in self._answers:
            path.write_text(text, encoding="cp1250")
        self._answers.clear()
        for path in sorted(self.folder.glob("*.inp")):
            fault = self.blocked or (self.faults.pop(0) if self.faults else "")
            if fault:
                self.met[fault] += 1
            if fault == "off":
                continue
            content = path.read_bytes().decode("ascii")
            path.unlink()
            answer = path.with_suffix(".out")
            if fault in REFUSALS:
                said = REFUSALS[fault].translate(_CEDILLAS)
                answer.write_text(f"ERR;{said}\r\n", encoding="cp1250")
            if fault in REFUSALS or fault == "dies":
                continue
            self.printed.append((path.stem, content))
            said = f"OK;{len(self.printed):07d}\r\n"
            if fault == "late":
                self._answers.append((answer, said))
            elif fault == "half":
                answer.write_text("OK;", encoding="cp1250")
                self._answers.append((answer, said))
            elif fault != "silent":
                answer.write_text(said * (2 if fault == "twice" else 1), encoding="cp1250")


def some_faults(chance: random.Random, count: int) -> list[str]:
    """Make faults for so many files, most of them none."""
    usual = ["", "", "", "", "silent", "late", "half", "twice", "off", "dies", *REFUSALS]
    return [chance.choice(usual) for _file in range(count)]
