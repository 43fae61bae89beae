"""What a screen reader hears of a window, over the real accessibility bus: a private X server and private buses."""

import importlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
_ACCESSIBLE, _PROPERTIES = "org.a11y.atspi.Accessible", "org.freedesktop.DBus.Properties"
_ROOT = "/org/a11y/atspi/accessible/root"
_FOCUSABLE, _SHOWING = 1 << 11, 1 << 25
_DEEP = {"table", "list", "tree", "combo box"}
"""What is not looked into: cells and items speak by their model."""


def missing() -> str:
    """Say what of the accessibility bus this machine lacks; empty if nothing."""
    absent = [name for name in ("Xvfb", "dbus-daemon") if shutil.which(name) is None]
    if not _LAUNCHER.exists():
        absent.append("at-spi2-core")
    try:
        importlib.import_module("jeepney.io.blocking")
    except ImportError:
        absent.append("jeepney")
    return ", ".join(absent)


@dataclass(frozen=True, slots=True)
class Node:
    """Something on the screen, as the bus names it."""

    role: str
    name: str
    focusable: bool


@contextmanager
def buses() -> Generator[dict[str, str]]:
    """Give the environment in which a program finds a screen, a session bus and the accessibility bus."""
    with ExitStack() as stack:
        reading, writing = os.pipe()
        screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
            pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        stack.callback(_end, screen)
        os.close(writing)
        display = f":{_line(reading)}"
        reading, writing = os.pipe()
        bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", f"--print-address={writing}"],
            pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        stack.callback(_end, bus)
        os.close(writing)
        environment = {
            **os.environ, "DISPLAY": display, "DBUS_SESSION_BUS_ADDRESS": _line(reading), "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }  # fmt: skip
        launcher = subprocess.Popen(
            [str(_LAUNCHER), "--launch-immediately"], env=environment, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        stack.callback(_end, launcher)
        yield environment


class Listener:
    """A screen reader without a voice."""

    def __init__(self, session_bus: str) -> None:
        self._jeepney = importlib.import_module("jeepney")
        self._io = importlib.import_module("jeepney.io.blocking")
        with self._io.open_dbus_connection(bus=session_bus) as session:
            at = self._jeepney.DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")
            address = session.send_and_get_reply(self._jeepney.new_method_call(at, "GetAddress"), timeout=10).body[0]
        self._bus = self._io.open_dbus_connection(bus=address)
        # programs look once, when they start, whether anybody listens to events
        self._call("org.a11y.atspi.Registry", "/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "RegisterEvent", "sass",
                   ("object:", [], ""))  # fmt: skip

    def close(self) -> None:
        """Listen no more."""
        self._bus.close()

    def program(self, pid: int, patience: float = 20.0) -> tuple[str, str]:
        """Give the place of a program on the bus, once it is there."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            for name, path in self._children("org.a11y.atspi.Registry", _ROOT):
                if self._pid(name) == pid:
                    return name, path
            time.sleep(0.05)
        raise TimeoutError("the program did not come to the accessibility bus")

    def nodes(self, name: str, path: str) -> Iterator[Node]:
        """Go through all that a program shows."""
        waiting = [(name, path)]
        while waiting:
            try:
                node, children = self._node(*waiting.pop())
            except LookupError:  # it went while it was asked about
                continue
            if node is not None:
                yield node
            waiting.extend(children)

    def _node(self, name: str, path: str) -> tuple[Node | None, list[tuple[str, str]]]:
        """Give what something is, unless it is out of sight, and what lies in it."""
        states = self._call(name, path, _ACCESSIBLE, "GetState")[0][0]
        role = str(self._call(name, path, _ACCESSIBLE, "GetRoleName")[0])
        if not states & _SHOWING and role not in {"application", "frame"}:
            return None, []
        node = Node(role, self._property(name, path, "Name"), bool(states & _FOCUSABLE))
        return node, [] if role in _DEEP else self._children(name, path)

    @contextmanager
    def announcements(self) -> Generator[Callable[[float], str]]:
        """Hear what is announced; gives what waits so many seconds for the next sentence, empty if there is none."""
        rule = self._jeepney.MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="Announcement")
        bus = self._jeepney.DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        self._bus.send_and_get_reply(
            self._jeepney.new_method_call(bus, "AddMatch", "s", (rule.serialise(),)), timeout=10
        )
        with self._bus.filter(rule) as queue:

            def following(patience: float) -> str:
                try:
                    return str(self._bus.recv_until_filtered(queue, timeout=patience).body[3][1])
                except TimeoutError:
                    return ""

            yield following

    def _children(self, name: str, path: str) -> list[tuple[str, str]]:
        return [(str(child[0]), str(child[1])) for child in self._call(name, path, _ACCESSIBLE, "GetChildren")[0]]

    def _pid(self, name: str) -> int:
        at = self._jeepney.DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        asked = self._jeepney.new_method_call(at, "GetConnectionUnixProcessID", "s", (name,))
        return int(self._bus.send_and_get_reply(asked, timeout=10).body[0])

    def _property(self, name: str, path: str, which: str) -> str:
        return str(self._call(name, path, _PROPERTIES, "Get", "ss", (_ACCESSIBLE, which))[0][1])

    def _call(
        self, name: str, path: str, interface: str, method: str, kind: str = "", values: tuple[Any, ...] = ()
    ) -> Any:
        at = self._jeepney.DBusAddress(path, bus_name=name, interface=interface)
        reply = self._bus.send_and_get_reply(
            self._jeepney.new_method_call(at, method, kind or None, values), timeout=10
        )
        if reply.header.message_type is self._jeepney.MessageType.error:
            raise LookupError(f"{path} is gone")
        return reply.body


def _line(descriptor: int) -> str:
    with os.fdopen(descriptor) as file:
        return file.readline().strip()


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    process.wait(timeout=10)
