"""Measure the real window on a shop: started as a program of its own, as people start it."""

import argparse
import json
import os
import statistics
import subprocess
import sys
from typing import Any

from ticketdesk.cli.context import url_of
from ticketdesk.cli.trial import demo_shop

FLOWS = ("views", "sorts", "scroll", "jump", "search", "open", "live", "use")
_SIZE = "1600x950"
_STARTS = 5
_SECONDS_AT_MOST = 3600


def run(given: argparse.Namespace) -> int:
    """Measure the window on the demo shop of ``--db``, or on a new one that is thrown away; changes some orders."""
    with demo_shop(given):
        found = measured(given)
    sys.stdout.write((json.dumps(found, ensure_ascii=False) if given.json_out else _text(found)) + "\n")
    return 0


def measured(given: argparse.Namespace) -> dict[str, Any]:
    """Start the window, several times, and work in it as ``--flows`` says; give what was measured."""
    flows = given.flows.split(",")
    rows = [_window(given, ())["facts"]["exec to first rows, ms"] for _again in range(_STARTS)]
    found = _window(given, flows)
    if "scroll" in flows:
        double = _window(given, ["scroll"], QT_SCALE_FACTOR="2")
        found["figures"] |= {f"{name}, double resolution": figure for name, figure in double["figures"].items()}
    paints = [float(_program(["--first-paint"]).split()[0]) for _again in range(_STARTS)]
    found["starts"] = {"exec to first paint": paints, "exec to first rows": rows}
    found["facts"] = {
        "exec to first paint, ms": statistics.median(paints),
        **found["facts"],
        "exec to first rows, ms": statistics.median(rows),
        "programs that wanted a processor": os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0,
    }
    return found


def _window(given: argparse.Namespace, flows: "list[str] | tuple[()]", **environment: str) -> dict[str, Any]:
    wanted = f"{given.login or ''}:{','.join(flows)}"
    answer = _program(["--db", url_of(given), "--size", _SIZE, "--bench", wanted], **environment)
    found: dict[str, Any] = json.loads(answer)
    return found


def _program(arguments: list[str], **environment: str) -> str:
    screen = {} if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") else {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "ticketdesk", *arguments],
        check=True, stdout=subprocess.PIPE, text=True, timeout=_SECONDS_AT_MOST,
        env=screen | os.environ | environment,
    )  # fmt: skip
    return done.stdout


def _text(found: dict[str, Any]) -> str:
    lines = [f"{found['database']}, window {found['window']}"]
    lines += [f"{name:<44} {value:10.1f}" for name, value in found["facts"].items()]
    for name, figure in found["figures"].items():
        lines.append(f"{name:<44} {_shares(figure)} ms  ({figure['n']:.0f})")
        if figure["own"]["p50"] < figure["p50"]:
            lines.append(f"{'  without what others took of the processor':<44} {_shares(figure['own'])} ms")
    return "\n".join(lines)


def _shares(figure: dict[str, float]) -> str:
    return "  ".join(f"{share} {figure[share]:8.2f}" for share in ("p50", "p95", "p99", "p99.9", "max"))
