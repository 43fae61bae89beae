"""A real print queue: what comes out of it has the paper's true size and can be scanned. Needs CUPS."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from documents.test_papers import ORDER, facts_of
from ticketdesk.documents import render

CUPSD = shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = pytest.mark.skipif(CUPSD is None, reason="CUPS is not installed here")

_PRINT = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ticketdesk.desktop.printing import printers, put_out
app = QApplication([])
assert printers() == ["Counter"], printers()
assert put_out(Path(sys.argv[1]).read_bytes(), "paper", "Counter", int(sys.argv[2])) is None
"""


@dataclass
class Printer:
    """A printer on the loopback network: keeps what it is sent, one entry a job."""

    listener: socket.socket
    environment: dict[str, str]
    jobs: list[bytes] = field(default_factory=list)

    def listen(self) -> None:
        """Take jobs until the socket is closed."""
        while True:
            try:
                sender, _address = self.listener.accept()
            except OSError:
                return
            with closing(sender):
                job = bytearray()
                while part := sender.recv(65_536):
                    job += part
                self.jobs.append(bytes(job))

    def printed(self, pdf: bytes, copies: int, folder: Path) -> bytes:
        """Print a PDF the way the window does, in a process of its own, and give what arrived here."""
        paper = folder / "paper.pdf"
        paper.write_bytes(pdf)
        command = [sys.executable, "-c", _PRINT, str(paper), str(copies)]
        subprocess.run(command, env=self.environment, check=True, timeout=60)
        patience = time.monotonic() + 30
        while not self.jobs and time.monotonic() < patience:
            threading.Event().wait(0.05)
        return self.jobs.pop()


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    """Give a print server of our own with one queue, and the printer behind it."""
    # not below the folder of all tests, which only we may enter: the server prints as somebody else
    with TemporaryDirectory(prefix="ticketdesk-cups-") as folder:
        Path(folder).chmod(0o755)
        yield from _served(Path(folder))


def _served(folder: Path) -> Iterator[Printer]:
    for name in ("spool", "cache", "state"):
        (folder / name).mkdir()
    listener = socket.create_server(("127.0.0.1", 0))
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    (folder / "cupsd.conf").write_text(
        f"Listen 127.0.0.1:{port}\nLogLevel warn\nBrowsing No\n"
        "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
        "<Location /admin>\nAllow all\n</Location>\n<Policy default>\n<Limit All>\nAllow all\n</Limit>\n</Policy>\n"
    )
    (folder / "cups-files.conf").write_text(
        f"ServerRoot {folder}\nRequestRoot {folder}/spool\nTempDir {folder}/spool\nCacheDir {folder}/cache\n"
        f"StateDir {folder}/state\nAccessLog {folder}/access\nErrorLog {folder}/error\nPageLog {folder}/page\n"
    )
    configuration = ["-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
    environment = {**os.environ, "CUPS_SERVER": f"127.0.0.1:{port}"}
    server = subprocess.Popen([str(CUPSD), "-f", *configuration], stderr=subprocess.DEVNULL)
    made = Printer(listener, environment)
    threading.Thread(target=made.listen, daemon=True).start()
    try:
        queue = ["lpadmin", "-p", "Counter", "-E", "-v", f"socket://127.0.0.1:{listener.getsockname()[1]}", "-m", "raw"]
        for _try in range(50):
            if subprocess.run(queue, env=environment, capture_output=True, check=False).returncode == 0:
                break
            threading.Event().wait(0.1)
        else:
            pytest.skip("this machine does not let a print server of our own start")
        yield made
    finally:
        server.terminate()
        server.wait(10)
        listener.close()


@pytest.mark.parametrize(("key", "copies", "pages", "millimetres"), [
    ("label", 3, 3, (62, 29)), ("intake", 1, 2, (80, None)), ("warranty", 1, 1, (210, 297)),
])  # fmt: skip
def test_a_queue_gets_every_page_in_its_size_with_a_code_that_scans(
    printer: Printer, key: str, copies: int, pages: int, millimetres: tuple[int, int | None], tmp_path: Path
) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(printer.printed(render(key, facts_of(key, ORDER), "ro"), copies, tmp_path))
    told = subprocess.run(["pdfinfo", str(out)], capture_output=True, text=True, check=True).stdout
    facts = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
    assert int(facts["Pages"]) == pages
    wide, high = (float(number) / 72 * 25.4 for number in facts["Page size"].split()[0:3:2])
    assert wide == pytest.approx(millimetres[0], abs=0.5)
    assert millimetres[1] is None or high == pytest.approx(millimetres[1], abs=0.5)
    subprocess.run(["pdftoppm", "-r", "203", "-mono", str(out), str(tmp_path / "page")], check=True)
    for page in sorted(tmp_path.glob("page*.pbm")):
        command = ["zbarimg", "--nodbus", "-q", "-Sdisable", "-Scode128.enable", str(page)]
        found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
        assert found == [f"CODE-128:{ORDER.code}"]
