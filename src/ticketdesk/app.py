"""The one module that knows every floor: arguments first, then the command line or the window."""

import argparse
import os
import sys

from ticketdesk import __version__


def main(arguments: list[str] | None = None) -> int:
    """Start TicketDesk; a sub-command means the command line, none the window."""
    given = sys.argv[1:] if arguments is None else arguments
    if given == ["--self-test"]:
        from ticketdesk.cli.selftest import run as run_self_test  # noqa: PLC0415 - the window does without

        return run_self_test()
    if _asks_for_command(given):
        # the window must not wait for what only the command line needs
        from ticketdesk.cli import main as run_command  # noqa: PLC0415

        return run_command(given)
    options = _options(given)
    if options.tour and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Qt is not needed by the command line, and may be missing on a server
    from ticketdesk.desktop.start import run_window  # noqa: PLC0415

    return run_window(options)


def _asks_for_command(given: list[str]) -> bool:
    """Say whether a sub-command or a call for help comes: the first word that is no window option."""
    takes_value = {"--db", "--tour", "--lang", "--theme", "--size", "--bench"}
    place = 0
    while place < len(given):
        word = given[place]
        if word in {"--as", "--json", "--station", "-h", "--help", "--version"} or not word.startswith("-"):
            return True
        place += 2 if word in takes_value else 1
    return False


def _options(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("ticketdesk", description="Point of service for repair shops.")
    parser.add_argument("--version", action="version", version=f"TicketDesk {__version__}")
    parser.add_argument("--db", metavar="URL", help="the shop's database: a file, or postgresql://…")
    parser.add_argument("--demo", action="store_true", help="open the demo shop, making it the first time")
    parser.add_argument("--tour", metavar="DIR", help="do the main job by itself, leave screenshots and papers")
    parser.add_argument("--lang", choices=("ro", "en"), help="language of the window")
    parser.add_argument("--theme", choices=("light", "dark", "system"), help="colours of the window")
    parser.add_argument("--size", metavar="WxH", help="size of the window")
    parser.add_argument(
        "--self-test", action="store_true", help="say which database engine is inside, and whether it is sound"
    )
    parser.add_argument("--first-paint", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--bench", metavar="LOGIN:FLOWS", default="", help=argparse.SUPPRESS)
    options = parser.parse_args(given)
    if options.tour and not options.db:
        options.demo = True  # it takes in, is paid and prints: never in the shop that this PC usually opens
    return options
