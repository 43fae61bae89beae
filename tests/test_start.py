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
