"""A job in a thread of its own, for what comes before there is a shop to work in."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal


class Loader(QObject):
    """Opens the shop in a thread, so that the window lives meanwhile."""

    loaded = Signal(object)  # what the heavy part gave: a Session maker, or an exception

    def load(self, job: Callable[[], Any]) -> None:
        """Run a job in its own thread and tell what it gave."""

        def run() -> None:
            try:
                self.loaded.emit(job())
            except Exception as error:  # noqa: BLE001 - passed on to the window, which sorts it
                self.loaded.emit(error)

        threading.Thread(target=run, name="ticketdesk-start", daemon=True).start()
