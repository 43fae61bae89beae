"""On the real accessibility bus, too, no control is without a name: lists, bench, intake, an order, the palette."""

import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from at_spi import Listener, Node, buses, missing

_SCREENS = ("orders", "bench", "intake", "order", "palette")


@contextmanager
def opened(environment: dict[str, str], folder: Path) -> Generator[Callable[[str], int]]:
    """Open the window as a program of its own; gives what shows a screen in it, and says its process."""
    program = [sys.executable, str(Path(__file__).parents[1] / "at_spi_window.py"), str(folder)]
    with subprocess.Popen(program, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as window:

        def tell(screen: str) -> int:
            assert window.stdin
            assert window.stdout
            window.stdin.write(f"{screen}\n")
            window.stdin.flush()
            assert window.stdout.readline().strip() == screen
            return window.pid

        try:
            yield tell
        finally:
            window.kill()


@pytest.mark.skipif(bool(missing()), reason=f"not on this machine: {missing()}")
def test_a_screen_reader_finds_a_name_on_every_control_and_hears_what_happens(tmp_path: Path) -> None:
    with buses() as environment:
        listener = Listener(environment["DBUS_SESSION_BUS_ADDRESS"])
        with opened(environment, tmp_path) as tell:
            heard: dict[str, list[Node]] = {}
            for screen in _SCREENS:
                pid = tell(screen)
                heard[screen] = list(listener.nodes(*listener.program(pid)))
            with listener.announcements() as announced:
                tell("toast")
                said = announced(10)
        listener.close()
    assert said == "10482 salvată."
    assert {(one, node.role) for one in _SCREENS for node in heard[one] if node.focusable and not node.name} == set()
    for screen, role, name in (
        ("orders", "table", "Comenzi: Active"),
        ("bench", "list", "Comenzile din atelier"),
        ("intake", "panel", "Ecran: neverificat"),
        ("order", "document", "Istoric"),
        ("palette", "dialog", "Caută peste tot"),
    ):
        assert any(node.role == role and node.name.startswith(name) for node in heard[screen])
