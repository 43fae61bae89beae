"""A line to PostgreSQL that is cut where it hurts most, or swallows everything: a small proxy on loopback."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto
from typing import Self

_COMMIT = b"COMMIT\0"


class Cut(Enum):
    """Where the line is cut: the server never hears of the COMMIT, or its answer never comes back."""

    BEFORE = auto()
    AFTER = auto()


class Proxy:
    """Passes bytes between programs and a server; ``cut`` is asked at every COMMIT that goes by."""

    def __init__(self, port: int, cut: Callable[[], Cut | None] = lambda: None) -> None:
        self._server, self._cut = port, cut
        self.cuts = {Cut.BEFORE: 0, Cut.AFTER: 0}
        self.trips = 0
        """How often a program spoke, and so had to wait for an answer."""
        self._flows = threading.Event()
        self._flows.set()
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._flows.set()
        self._socket.close()
        with self._lock:
            for end in self._open:
                _close(end)

    def stall(self) -> None:
        """Swallow everything from now on: connections stay open, nothing passes."""
        self._flows.clear()

    def flow(self) -> None:
        """Let through what was held back, and all that follows."""
        self._flows.set()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self._socket.accept()
                far = socket.create_connection(("127.0.0.1", self._server))
                with self._lock:
                    self._open += [near, far]
                answers = threading.Event()
                threading.Thread(target=self._forth, args=(near, far, answers), daemon=True).start()
                threading.Thread(target=self._back, args=(near, far, answers), daemon=True).start()

    def _forth(self, near: socket.socket, far: socket.socket, held: threading.Event) -> None:
        with suppress(OSError):
            while data := near.recv(65536):
                self.trips += 1
                where = self._cut() if _COMMIT in data else None
                self._flows.wait()
                if where is not None:
                    self.cuts[where] += 1
                if where is Cut.BEFORE:
                    break
                if where is Cut.AFTER:
                    held.set()
                far.sendall(data)
                if where is Cut.AFTER:
                    return  # the other direction cuts, once the server has answered
        _close(near)
        _close(far)

    def _back(self, near: socket.socket, far: socket.socket, held: threading.Event) -> None:
        with suppress(OSError):
            while data := far.recv(65536):
                self._flows.wait()
                if held.is_set():
                    break
                near.sendall(data)
        _close(near)
        _close(far)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
