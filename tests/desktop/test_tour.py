"""The tour: the main job done by the program itself, on the real window."""

import os
import subprocess
import sys
from pathlib import Path


def test_the_tour_does_the_main_job_in_a_demo_shop_and_nowhere_else(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TICKETDESK_KEYRING": "file"}
    environment |= {f"TICKETDESK_{kind}": str(tmp_path / kind) for kind in ("DATA", "DOCUMENTS", "STATE")}
    environment.pop("TICKETDESK_DB", None)
    left = tmp_path / "tour"
    command = [sys.executable, "-m", "ticketdesk", "--tour", str(left), "--lang", "ro", "--size", "1366x768"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    pictures = [path.name for path in sorted(left.glob("*.png"))]
    assert [name.split("-")[0] for name in pictures] == [f"{n:02}" for n in range(1, len(pictures) + 1)]
    assert "12-handed-over.png" in pictures
    papers = {path.stem.removeprefix("paper-") for path in left.glob("*.pdf")}
    assert papers == {"intake", "intake_a4", "label", "receipt", "warranty"}
    assert (tmp_path / "DATA" / "demo.db").exists()
