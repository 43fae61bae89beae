"""Freeze the program, try the frozen one, and pack it: ``python installer/build.py``."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Build ``dist/ticketdesk`` and its archive."""
    run = [sys.executable, "-m"]
    subprocess.run([*run, "ticketdesk.texts"], check=True, cwd=ROOT)
    freeze = [*run, "PyInstaller", "--noconfirm", "--clean", str(ROOT / "installer" / "ticketdesk.spec")]
    subprocess.run(freeze, check=True, cwd=ROOT)
    folder = ROOT / "dist" / "ticketdesk"
    program = folder / ("ticketdesk.exe" if os.name == "nt" else "ticketdesk")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TICKETDESK_KEYRING": "file"}
    for name in ("STATE", "DATA", "DOCUMENTS"):
        environment[f"TICKETDESK_{name}"] = str(ROOT / "build" / "try" / name.lower())
    subprocess.run([str(program), "--first-paint"], check=True, env=environment)
    subprocess.run([str(program), "--self-test"], check=True, env=environment)
    if found := list(folder.rglob("*qsqlite*")):
        sys.stderr.write(f"a second SQLite was packed: {found[0]}\n")
        return 1
    shop = ROOT / "build" / "try.db"
    shop.unlink(missing_ok=True)
    for words in (("demo", "--orders", "20", "--db", str(shop)), ("verify", "--db", str(shop), "--as", "mircea")):
        subprocess.run([str(program), *words], check=True, env=environment)
    # the main job on the frozen window: pages, photos' and papers' libraries, fonts, texts
    tour = ROOT / "build" / "tour"
    shutil.rmtree(tour, ignore_errors=True)
    subprocess.run([str(program), "--db", str(shop), "--tour", str(tour)], check=True, env=environment, timeout=300)
    if not sorted(tour.glob("*.pdf")):
        sys.stderr.write("the frozen program printed nothing\n")
        return 1
    archive = shutil.make_archive(str(folder), "zip" if os.name == "nt" else "xztar", folder.parent, folder.name)
    sys.stdout.write(f"{archive}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
