"""Paint every screen of the window, in every language, theme and size: ``python tools/screens.py --help`` says how.

QT_SCALE_FACTOR=1.5 paints as a screen at 150 % does. Contact sheets of each combination lie beside the pictures.
"""

import argparse
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from PIL import Image
from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QApplication

from desktop.walking import SIZES, shop_at, walk_in
from ticketdesk.desktop.look import theme

_ACROSS, _SMALL = 3, 640


def _wait(until: Callable[[], bool]) -> None:
    """Let the window work until a condition holds, and a little longer, so that all is painted."""
    clock = QElapsedTimer()
    clock.start()
    while not until() and clock.elapsed() < 20_000:
        QApplication.processEvents()
        time.sleep(0.002)
    settled = clock.elapsed() + 120
    while clock.elapsed() < settled:
        QApplication.processEvents()
        time.sleep(0.002)


def _sheet(pictures: list[Path], to: Path) -> None:
    images = [Image.open(picture).convert("RGB") for picture in pictures]
    small = [image.resize((_SMALL, image.height * _SMALL // image.width)) for image in images]
    high = max(image.height for image in small) + 8
    sheet = Image.new("RGB", (_ACROSS * (_SMALL + 8), -(-len(small) // _ACROSS) * high), "gray")
    for place, image in enumerate(small):
        sheet.paste(image, (place % _ACROSS * (_SMALL + 8), place // _ACROSS * high))
    sheet.save(to)


def main() -> None:
    """Paint what was asked for."""
    asked = argparse.ArgumentParser(description="Paint every screen, in every language, theme and size, to pictures.")
    asked.add_argument("folder", type=Path)
    asked.add_argument("words", nargs="*", help="narrow it down: ro, en, light, dark, sizes, a zoom (125%%), screens")
    given = asked.parse_args()
    folder, words = given.folder, set(given.words)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="ticketdesk-screens-") as scratch:
        os.environ["TICKETDESK_KEYRING"] = "file"
        for name in ("STATE", "DATA", "DOCUMENTS"):
            os.environ[f"TICKETDESK_{name}"] = str(Path(scratch) / name.lower())
        _paint(folder, words, Path(scratch))


def _paint(folder: Path, words: set[str], scratch: Path) -> None:
    app = QApplication([])
    shop_at(scratch)
    choices: tuple[tuple[str, ...], ...] = (("ro", "en"), ("light", "dark"), tuple(SIZES))
    languages, looks, sizes = ([name for name in names if name in words] or list(names) for names in choices)
    zooms = {word for word in words if word.endswith("%")}
    parts = words - zooms - {name for names in choices for name in names}
    taken: dict[str, list[Path]] = {}
    for language, look in itertools.product(languages, looks):
        walk = walk_in(scratch, _wait, language, look)
        for zoom in zooms:
            theme.apply(app, look, int(zoom.removesuffix("%")) / 100)
        for screen in walk.screens():
            if parts and not any(part in screen for part in parts):
                continue
            for size in sizes:
                walk.frame.resize(SIZES[size])
                _wait(lambda: True)
                picture = folder / f"{language}-{look}-{size}-{screen}.png"
                walk.frame.grab().save(str(picture))
                taken.setdefault(f"{language}-{look}-{size}", []).append(picture)
        walk.close()
    for name, pictures in taken.items():
        _sheet(pictures, folder / f"sheet-{name}.png")
    app.quit()


if __name__ == "__main__":
    main()
