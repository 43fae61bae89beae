"""The window is painted before anything heavy is loaded."""

import os
import subprocess
import sys
from pathlib import Path


def test_nothing_heavy_is_imported_before_the_first_picture(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TICKETDESK_STATE": str(tmp_path)}
    command = [sys.executable, "-m", "ticketdesk", "--first-paint"]
    out = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=60).stdout
    milliseconds, *heavy = out.split()
    assert heavy == []
    assert 0 < int(milliseconds) < 5000


_LATER = ("alembic", "babel", "PIL", "psycopg", "pypdfium2", "reportlab", "segno", "xlsxwriter")


_ALL_PAGES = "import sys, ticketdesk.desktop.opened, ticketdesk.desktop.other_pages, ticketdesk.services.registry;"


def test_every_page_stands_without_what_only_papers_photos_and_servers_need() -> None:
    assert _told(f"{_ALL_PAGES} print(*(name for name in {_LATER} if name in sys.modules))") == []


def test_no_import_reads_a_source_and_keeps_it() -> None:
    code = f"{_ALL_PAGES} import linecache; print(*(name for name in linecache.cache if 'desktop' in name))"
    assert _told(code) == []


def _told(code: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.split()
