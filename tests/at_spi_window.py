"""The window as a program of its own: shows the screens whose names come in, says when each is there."""

import os
import select
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).parent))

from desktop.walking import shop_at, walk_in
from ticketdesk import texts
from ticketdesk.desktop.widgets.overlay import open_dialogs


def wait(until: Callable[[], bool]) -> None:
    """Let the window work until a condition holds."""
    end = time.monotonic() + 30
    while not until() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.002)


def main() -> None:
    """Walk as told."""
    folder = Path(sys.argv[1])
    for name in ("STATE", "DATA", "DOCUMENTS"):
        os.environ[f"TICKETDESK_{name}"] = str(folder / name.lower())
    os.environ["TICKETDESK_KEYRING"] = "file"
    app = QApplication([])
    shop_at(folder)
    walk = walk_in(folder, wait)
    screens = walk.screens()
    while next(screens) != "orders":
        pass
    session: Any = walk.session
    order = session.pages["orders"].table.row().id
    ways: dict[str, Callable[[], None]] = {
        "orders": lambda: session.host.go("orders"),
        "bench": lambda: session.host.go("bench"),
        "intake": session.host.open_intake,
        "order": lambda: session.host.open_order(order),
        "palette": session.finder.open,
        "toast": lambda: session.host.toast(texts._("{number} saved.").format(number=10482)),
    }
    for line in sys.stdin:
        for dialog in open_dialogs(walk.frame):
            dialog.dismiss()
        ways[line.strip()]()
        wait(lambda: bool(walk.work.idle))
        sys.stdout.write(line)
        sys.stdout.flush()
        _answer(app)
    walk.close()


def _answer(app: QApplication) -> None:
    """Answer the bus while the next line is awaited."""
    while not select.select([sys.stdin], [], [], 0)[0]:
        app.processEvents()
        time.sleep(0.0005)


if __name__ == "__main__":
    main()
