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
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([str(program), "--first-paint"], check=True, env=environment)
    subprocess.run([str(program), "--self-test"], check=True, env=environment)
    if found := list(folder.rglob("*qsqlite*")):
        sys.stderr.write(f"a second SQLite was packed: {found[0]}\n")
        return 1
    shop = ROOT / "build" / "try.db"
    shop.unlink(missing_ok=True)
    for words in (("demo", "--orders", "20", "--db", str(shop)), ("verify", "--db", str(shop), "--as", "mircea")):
        subprocess.run([str(program), *words], check=True, env=environment)
    archive = shutil.make_archive(str(folder), "zip" if os.name == "nt" else "xztar", folder.parent, folder.name)
    sys.stdout.write(f"{archive}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
