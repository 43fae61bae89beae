"""After a day's journey the unlock codes are nowhere: not in a database, its log, a backup, a paper, a file (P24)."""

import json
import logging
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

import leaks
from conftest import desk_of
from postgres import Cluster
from shop import TestShop, a_new_order
from ticketdesk.cli import main
from ticketdesk.desktop import crash
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.printing import keep, make_pdf
from ticketdesk.desktop.screens.intake.page import IntakePage
from ticketdesk.desktop.screens.order.page import OrderPage
from ticketdesk.documents import DOCUMENTS
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.rights import Role
from ticketdesk.services import claiming, estimates, intake, lines, orders, payments, wire
from ticketdesk.services.doors import Done
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.payments import TakePayment
from ticketdesk.services.reading import Reader
from ticketdesk.services.vault import Secrets
from ticketdesk.storage import keyring
from ticketdesk.storage.station import Intent
from ticketdesk.storage.tables import Order

TYPED, SENT, SAVED, BROKEN = "Zebra-Nou4-17", "918273645", "Mic_Delfin*88", "705182939"
CODES = [TYPED, SENT, SAVED, BROKEN]
PLANTED = "264951387"
"""One of its own for the control: the shops of a test run share a PostgreSQL, and with it what that wrote."""
"""Of a draft, of an order that waited for the shop, of one that was saved, of one that met a bug."""


class Journey:
    """A day at one PC whose every file lies in one folder."""

    def __init__(self, qtbot: QtBot, desk: Desk, shop: TestShop, folder: Path, databases: list[Path]) -> None:
        self.bot, self.desk, self.shop, self.folder = qtbot, desk, shop, folder
        self.places = [folder, *databases]
        self.window = QWidget()
        self.window.resize(1368, 840)
        qtbot.addWidget(self.window)
        self.host = Host(self.window)

    def settle(self) -> None:
        self.bot.waitUntil(lambda: self.desk._work.idle, timeout=10_000)

    def leaks(self, codes: Sequence[str] = CODES) -> list[str]:
        """Look into everything that was written so far, from another process: the shop is open here."""
        if self.shop.database.dialect == "postgresql":
            with self.shop.database.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("CHECKPOINT"))
        asked = json.dumps({"secrets": list(codes), "folders": [str(place) for place in self.places]})
        command = [sys.executable, str(Path(leaks.__file__))]
        found: list[str] = json.loads(
            subprocess.run(command, input=asked.encode(), capture_output=True, check=True).stdout
        )
        return found

    def intake(self, code: str) -> IntakePage:
        """Take somebody in up to the button that saves; the draft is on this PC."""
        page = IntakePage(self.desk, self.host)
        page.setParent(self.window)
        page.show()
        self.settle()
        typed = (
            (page.customer.phone, "0722000418"), (page.customer.name, "Stefan Ungureanu"),
            (page.device.model, "iPhone 13"), (page.problem.text, "Ecran spart"),
        )  # fmt: skip
        for field, words in typed:
            QTest.keyClicks(field, words)
        page.unlock.kind.choose("password")
        page.unlock.kind.changed.emit("password")
        QTest.keyClicks(page.unlock.code, code)
        page.drafts.keep()
        self.settle()
        return page


@pytest.fixture
def journey(
    shop: TestShop, request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Journey]:
    """Give the owner's day; log and temporary files lie in its folder too."""
    for name in ("temporary", "log"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    databases = []
    if shop.database.dialect == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        databases = [cluster.data]
    before = list(logging.getLogger("ticketdesk").handlers)
    crash.write_into(tmp_path / "log")
    for desk in desk_of(shop, tmp_path, qtbot, Role.OWNER):
        desk.crashed.disconnect()
        desk.crashed.connect(crash.log)
        yield Journey(qtbot, desk, shop, tmp_path, databases)
    for handler in set(logging.getLogger("ticketdesk").handlers) - set(before):
        logging.getLogger("ticketdesk").removeHandler(handler)
        handler.close()


def test_no_code_is_found_in_any_byte_that_was_written(journey: Journey, capsys: pytest.CaptureFixture[str]) -> None:
    desk, shop = journey.desk, journey.shop
    # a draft that stays, and an order that waits for the shop
    journey.intake(TYPED)
    waits = wire.dumps(a_new_order(unlock_kind="pin", unlock_code=SENT))
    owner = shop.people[Role.OWNER]
    desk.station.remember(Intent(new_key(), shop.id, owner, desk.now(), "order.register", waits))
    assert journey.leaks() == []
    desk.resend()
    journey.bot.waitUntil(lambda: desk.station.count(shop.id) == 0, timeout=10_000)
    # an order that is saved, looked at, worked on
    saved: list[Done] = []
    wanted = a_new_order(unlock_kind="password", unlock_code=SAVED, deposit=5_000)
    desk.write(desk, saved.append, intake.register, wanted)
    # one that is refused, and one that meets a bug, with the code in their hands
    refused: list[Refusal] = []
    desk.refused.connect(refused.append)
    nowhere = replace(wanted, unlock_code=BROKEN, customer_id=new_key())
    desk.write(desk, saved.append, intake.register, nowhere)
    broken = replace(wanted, unlock_code=BROKEN, accessories=[None])  # type: ignore[list-item]
    desk.write(desk, saved.append, intake.register, broken)
    journey.bot.waitUntil(lambda: len(saved) == 1 and len(refused) == 1, timeout=10_000)
    journey.settle()
    assert "Traceback" in (journey.folder / "log" / "ticketdesk.log").read_text(encoding="utf-8")
    look_at(journey, saved[0].id)
    work_on(journey, saved[0].id)
    print_all(journey, saved[0].id, {"warranty"})
    take_out(journey, saved[0].number or 0, capsys)
    assert journey.leaks() == []
    hand_over(journey, saved[0].id)
    print_all(journey, saved[0].id, set())
    assert journey.leaks() == []


def look_at(journey: Journey, order: UUID) -> None:
    """Reveal the code on the page of its order: it is shown, and lands nowhere else."""
    page = OrderPage(journey.desk, journey.host, order)
    page.setParent(journey.window)
    page.show()
    page.activate()
    journey.bot.waitUntil(lambda: page.page is not None)
    journey.settle()
    page.work.code.reveal("Testez touch-ul")
    journey.bot.waitUntil(lambda: page.work.code.text == SAVED, timeout=10_000)
    assert SAVED not in QGuiApplication.clipboard().text()
    journey.settle()


def work_on(journey: Journey, order: UUID) -> None:
    shop = journey.shop
    shop.do(claiming.claim, claiming.Claim(order, start=True))
    shop.do(lines.add, lines.AddLine(order, LineFacts("Înlocuire ecran", price=53_000)))
    shop.do(estimates.make, estimates.MakeEstimate(order))
    shop.do(orders.move, orders.Move(order, "ready"))


def print_all(journey: Journey, order: UUID, too_early: set[str]) -> None:
    for document in DOCUMENTS:
        if document.key not in too_early:
            keep(make_pdf(Reader(journey.shop.database, Role.OWNER), order, document.key), document.key)


def hand_over(journey: Journey, order: UUID) -> None:
    journey.shop.do(payments.take_payment, TakePayment(order, (Tender("cash", 48_000),), "handed_over"))
    with journey.shop.database.read() as session:
        assert session.get_one(Order, order).unlock_code is None


def take_out(journey: Journey, number: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Export, back up, show and check from the command line, whose words are kept as files too."""
    secrets, out = journey.shop.database.info["secrets"], journey.folder / "out"
    assert isinstance(secrets, Secrets)
    keyring.save_secret(f"shop-{journey.shop.id}", secrets.packed())
    out.mkdir()
    url = journey.shop.database.url.render_as_string(hide_password=False)
    commands = (
        ("export", "orders", "--to", str(out / "orders.csv")),
        ("export", "orders", "--to", str(out / "orders.xlsx")),
        ("backup", str(out / "shop.backup")),
        ("order", "show", str(number), "--json"),
        ("order", "list", "--json"),
        ("verify",),
    )
    for words in commands:
        assert main([*words, "--db", url, "--as", "mircea"]) == 0, words
    said = capsys.readouterr()
    (out / "said").write_text(said.out + said.err, encoding="utf-8")


@pytest.mark.parametrize("how", list(leaks.forms("x")))
def test_a_planted_code_is_found(tmp_path: Path, how: str) -> None:
    """The control: each form, in a file, in a packed one, on a paper."""
    (tmp_path / "file").write_bytes(b"..." + leaks.forms(SAVED)[how] + b"...")
    assert leaks.leaks(CODES, [tmp_path]) == [f"{tmp_path / 'file'}: {SAVED}, {how}"]


def test_a_code_planted_in_a_table_a_spreadsheet_or_a_paper_is_found(journey: Journey) -> None:
    shop = journey.shop
    done = shop.do(intake.register, a_new_order(complaint=f"Codul este {PLANTED}"), Role.CLERK)
    journey.desk.station.keep_draft(shop.id, shop.people[Role.OWNER], "x", TYPED, journey.desk.now())
    keep(make_pdf(Reader(shop.database, Role.OWNER), done.id, "intake"), "intake")
    with zipfile.ZipFile(journey.folder / "packed.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("sheet.xml", f"<c>{PLANTED}</c>")
    found = journey.leaks([TYPED, PLANTED])
    assert any("packed.xlsx" in line for line in found)
    assert any(".pdf" in line for line in found)
    files = {Path(line.split(": ")[0]) for line in found if PLANTED in line}
    assert files - {path for path in files if path.suffix == ".pdf"}
    assert not any(TYPED in line for line in found)
