"""Nothing but the engine touches the live file: its locks hold whatever people choose, show, drop or write (P4)."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeDatabase, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from shop import PIN, TestShop, a_ready_order
from ticketdesk.cli import main
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.picking import PHOTOS, PHOTOS_AND_PAPERS, choose_photos, outside
from ticketdesk.desktop.screens.intake.page import IntakePage
from ticketdesk.desktop.screens.order.page import OrderPage
from ticketdesk.domain.errors import Refusal
from ticketdesk.services.copying import copy_shop
from ticketdesk.services.vault import Secrets
from ticketdesk.services.verify import verify
from ticketdesk.storage import keyring

pytestmark = pytest.mark.skipif(os.name == "nt", reason="locks are kept per handle there, not per process")

_SECOND = """
import fcntl, os, sys, pysqlite3
path, writing = sys.argv[1], sys.argv[2] == "writing"
SHARED, SHARED_BYTES = 0x40000002, 510  # os_unix.c: the range every open connection holds shared
for name, start, length in ((path, SHARED, SHARED_BYTES), (path + "-shm", 128, 1)):
    handle = os.open(name, os.O_RDWR)
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
        print("let go of", os.path.basename(name))
        raise SystemExit
    except OSError:
        pass
if writing:
    connection = pysqlite3.connect(path, timeout=0.1)
    try:
        connection.execute("BEGIN IMMEDIATE")
        print("let somebody else write")
        raise SystemExit
    except pysqlite3.OperationalError:
        pass
print("locked")
"""


class Live:
    """The live file of a shop, as a second process finds it."""

    def __init__(self, shop: TestShop) -> None:
        assert shop.database.path is not None
        self.shop, self.path = shop, shop.database.path
        self._writing = False

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write something that is not committed yet."""
        with self.shop.database.begin() as session:
            session.execute(text("UPDATE counter SET last = last"))
            self._writing = True
            yield
            self._writing = False

    def told(self) -> str:
        """Give what a second process is told that would like to have the file."""
        command = [sys.executable, "-c", _SECOND, str(self.path), "writing" if self._writing else "reading"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def live(sqlite_shop: TestShop) -> Live:
    """Give the live file of a shop in use."""
    with sqlite_shop.database.read() as session:
        session.execute(text("SELECT count(*) FROM orders"))
    return Live(sqlite_shop)


def looked_into(folder: Path, plain: QFileDialog | None = None) -> None:
    """Look around in a folder with the dialog that is open, then close it."""
    dialog = plain or next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QFileDialog))
    dialog.setDirectory(str(folder))
    QTest.qWait(400)  # while it gathers what it shows, in a thread of its own
    dialog.reject()


def plainly(path: Path) -> None:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    looked_into(path.parent, dialog)


@pytest.mark.parametrize(
    "touch",
    [
        lambda path: path.read_bytes(),
        lambda path: Path(f"{path}-shm").read_bytes(),
        lambda path: QMimeDatabase().mimeTypeForFile(str(path)).name(),
        plainly,
    ],
    ids=["open", "open what lies beside", "MIME type", "a plain file dialog"],
)
@pytest.mark.usefixtures("qapp")
def test_the_danger_is_real(live: Live, touch: Callable[[Path], object]) -> None:
    """The control: what this program must not do is seen by the tests below."""
    with live.writing():
        assert live.told() == "locked"
        touch(live.path)
        assert live.told() != "locked"


@pytest.mark.parametrize("patterns", [PHOTOS, PHOTOS_AND_PAPERS, "*"])
def test_our_file_dialog_may_look_anywhere(qtbot: QtBot, live: Live, patterns: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with live.writing():
        QTimer.singleShot(0, window, lambda: looked_into(live.path.parent))
        assert choose_photos(window, live.shop.database, patterns) == []
        assert live.told() == "locked"


def links_to(path: Path, folder: Path) -> list[Path]:
    """Give other names of a file: links of both kinds, and a way round."""
    folder.mkdir()
    soft, hard = folder / "soft.jpg", folder / "hard.jpg"
    soft.symlink_to(path)
    hard.hardlink_to(path)
    return [path, soft, hard, path.parent / ".." / path.parent.name / path.name]


@pytest.mark.parametrize("end", ["", "-wal", "-shm"])
def test_no_name_of_the_live_file_may_be_chosen(live: Live, tmp_path_factory: pytest.TempPathFactory, end: str) -> None:
    target = Path(f"{live.path}{end}")
    for name in links_to(target, tmp_path_factory.mktemp("links") / "in"):
        with pytest.raises(Refusal):
            outside([name], live.shop.database)
        with pytest.raises(Refusal, match="the shop itself"):
            live.shop.database.refuse_live(name)


def test_this_pcs_own_memory_may_not_be_chosen(live: Live, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="own data"):
        outside([tmp_path / "state" / "station.db"], live.shop.database)


def test_what_is_dropped_on_the_pages_is_not_opened(qtbot: QtBot, live: Live, owner_desk: Desk) -> None:
    order = a_ready_order(live.shop)
    window = QWidget()
    qtbot.addWidget(window)
    host = Host(window)
    said: list[str] = []
    host.toast_wanted.connect(lambda sentence, *_rest: said.append(sentence))
    intake, page = IntakePage(owner_desk, host), OrderPage(owner_desk, host, order.id)
    for widget in (intake, page):
        qtbot.addWidget(widget)
    qtbot.waitUntil(lambda: owner_desk._work.idle)
    with live.writing():
        intake.condition.photos.read([live.path])
        page.work.photos.take([live.path])
        qtbot.waitUntil(lambda: len(said) == 2)
        assert live.told() == "locked"


@pytest.fixture
def paired(live: Live) -> Live:
    """Let this PC's command line into the shop."""
    secrets = live.shop.database.info["secrets"]
    assert isinstance(secrets, Secrets)
    keyring.save_secret(f"shop-{live.shop.id}", secrets.packed())
    return live


def test_papers_copies_exports_and_imports_leave_the_locks(
    paired: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TICKETDESK_PIN", PIN)
    order = a_ready_order(paired.shop)
    out, rows = tmp_path / "out", tmp_path / "rows.csv"
    out.mkdir()
    rows.write_text(
        "id,data_provider,product_category,brand,repair_status,event_date,problem\n"
        "1,Restart,Laptop,Dell,Fixed,2025-05-01,Slow\n"
    )
    with paired.writing():
        copy_shop(paired.shop.database, out / "shop.backup")
        assert paired.told() == "locked"
    commands = (
        ("export", "orders", "--to", str(out / "orders.csv")),
        ("export", "orders", "--to", str(out / "orders.xlsx")),
        ("import", "openrepair", str(rows), "--approve-as", "mircea"),
        ("print", str(order.number), "--to", str(out / "intake.pdf")),
        ("report", "day", "--to", str(out / "day.pdf")),
        ("backup", str(out / "cli.backup")),
        ("verify",),
    )
    for words in commands:
        assert main([*words, "--db", str(paired.path)]) == 0, words
        assert paired.told() == "locked", words
    assert main(["restore", str(out / "cli.backup"), "--db", str(tmp_path / "restored.db")]) == 0
    assert paired.told() == "locked"


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
def test_no_command_writes_or_reads_over_the_live_file(
    paired: Live, capsys: pytest.CaptureFixture[str], end: str
) -> None:
    order, target = a_ready_order(paired.shop), f"{paired.path}{end}"
    for words in (
        ("export", "orders", "--to", target),
        ("import", "openrepair", target),
        ("print", str(order.number), "--to", target),
        ("report", "day", "--to", target),
        ("backup", target),
    ):
        assert main([*words, "--db", str(paired.path)]) == 1, words
        assert capsys.readouterr().err.startswith("file: "), words
        assert paired.told() == "locked"
    with paired.shop.database.snapshot() as session:
        assert list(verify(session)) == []
