"""On the real accessibility bus, too, no control is without a name: the order desk, the intake, an order, the palette."""

import subprocess
import sys
from pathlib import Path

import pytest

from at_spi import Listener, Node, buses, missing

_SCREENS = ("orders", "intake", "order", "palette")


@pytest.mark.skipif(bool(missing()), reason=f"not on this machine: {missing()}")
def test_a_screen_reader_finds_a_name_on_every_control(tmp_path: Path) -> None:
    with buses() as environment:
        program = [sys.executable, str(Path(__file__).parents[1] / "at_spi_window.py"), str(tmp_path)]
        with subprocess.Popen(
            program, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as window:
            assert window.stdin
            assert window.stdout
            listener = Listener(environment["DBUS_SESSION_BUS_ADDRESS"])
            heard: dict[str, list[Node]] = {}
            for screen in _SCREENS:
                window.stdin.write(f"{screen}\n")
                window.stdin.flush()
                assert window.stdout.readline().strip() == screen
                heard[screen] = list(listener.nodes(*listener.program(window.pid)))
            listener.close()
            window.stdin.close()
    assert {
        (screen, node.role) for screen in _SCREENS for node in heard[screen] if node.focusable and not node.name
    } == set()
    for screen, role, name in (
        ("orders", "table", "Comenzi: Active"),
        ("intake", "panel", "Ecran: neverificat"),
        ("order", "document", "Istoric"),
        ("palette", "dialog", "Caută peste tot"),
    ):
        assert any(node.role == role and node.name.startswith(name) for node in heard[screen])
