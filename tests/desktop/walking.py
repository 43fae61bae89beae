"""Every main screen of the real window on a small demo shop, one after the other: for tests and for pictures."""

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QDate, QSize
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from ticketdesk import texts
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.account import AccountDialog
from ticketdesk.desktop.dialogs.approval import ApprovalDialog
from ticketdesk.desktop.dialogs.bin import BinDialog, BinLabelsDialog
from ticketdesk.desktop.dialogs.cash_move import CashMoveDialog
from ticketdesk.desktop.dialogs.count import close_till, open_till, take_over
from ticketdesk.desktop.dialogs.customer import CustomerDialog
from ticketdesk.desktop.dialogs.debt import DebtDialog
from ticketdesk.desktop.dialogs.deposit import DepositDialog
from ticketdesk.desktop.dialogs.details import DetailsDialog
from ticketdesk.desktop.dialogs.device import DeviceDialog
from ticketdesk.desktop.dialogs.due import DueDialog
from ticketdesk.desktop.dialogs.join import JoinDialog
from ticketdesk.desktop.dialogs.line import LineDialog
from ticketdesk.desktop.dialogs.location import LocationDialog
from ticketdesk.desktop.dialogs.merge import About, MergeDialog
from ticketdesk.desktop.dialogs.reason import ReasonDialog
from ticketdesk.desktop.dialogs.receipts import ReceiptsDialog
from ticketdesk.desktop.dialogs.refund import RefundDialog
from ticketdesk.desktop.dialogs.sale import SaleDialog
from ticketdesk.desktop.dialogs.shift import ShiftDialog
from ticketdesk.desktop.dialogs.staff import StaffDialog
from ticketdesk.desktop.dialogs.task import TaskDialog
from ticketdesk.desktop.dialogs.tills import TillsDialog
from ticketdesk.desktop.dialogs.unpaid import UnpaidDialog
from ticketdesk.desktop.frame import ROOMS, Frame
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look import qt_words, theme
from ticketdesk.desktop.screens.day.calendar import DayChooser
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.start import Opening
from ticketdesk.desktop.widgets.overlay import Sheet, open_dialogs
from ticketdesk.desktop.wizard import Wizard
from ticketdesk.desktop.work import Work
from ticketdesk.domain.approvals import Act, Need
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Clash, Conflict, Unavailable
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.sealing import new_secret
from ticketdesk.services import (
    cashroom,
    catalogue,
    claiming,
    customers,
    demo,
    duplicates,
    notes,
    opening,
    pages,
    settings,
    staff,
)  # fmt: skip
from ticketdesk.services.accounts import DebtRow
from ticketdesk.services.approvals import Asked
from ticketdesk.services.customer_pages import CustomerPage as CustomerShown
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.deposits import DepositRow
from ticketdesk.services.devices import DeviceRow
from ticketdesk.services.doors import Action, perform
from ticketdesk.services.reckoning import ShiftRow
from ticketdesk.storage.preferences import Preferences
from ticketdesk.storage.station import Station
from ticketdesk.storage.tables import Customer, Device, Order

C = TypeVar("C")
Wait = Callable[[Callable[[], bool]], None]
SIZES = {"wide": QSize(1440, 868), "laptop": QSize(1366, 696), "scaled": QSize(1280, 648), "least": QSize(1120, 640)}
"""Window sizes: a big screen, 1366×768, 1920×1080 at 150 %, and the smallest we allow."""
_ORDERS, _SEED = 90, 7


@dataclass
class Walk:
    """Somebody who shows every screen in turn."""

    frame: Frame
    session: Session
    work: Work
    wait: Wait

    def screens(self) -> Iterator[str]:
        """Go through the window; give the name of each screen once it is shown whole."""
        yield from self._signing()
        yield from self._lists()
        yield from self._bench()
        yield from self._intake()
        yield from self._orders()
        yield from self._people()
        yield from self._money()
        yield from self._elsewhere()
        yield from self._trouble()

    def _settle(self) -> None:
        self.wait(lambda: self.work.idle)

    def _signing(self) -> Iterator[str]:
        page = self.session.signing.page
        self.wait(lambda: bool(page.tiles))
        page.refuse(texts._("You no longer work here: sign in again."))
        yield "sign-in"
        self._enter("Mircea", demo.OWNER_PIN)

    def _enter(self, first_name: str, pin: str) -> None:
        page = self.session.signing.page
        page.choose(next(n for n, tile in enumerate(page.tiles) if tile.person.name.startswith(first_name)))
        page.tried.emit(page.tiles[page.chosen].person, pin)
        self.wait(lambda: self.session.desk.staff is not None)
        self._settle()

    def _lists(self) -> Iterator[str]:
        host = self.session.host
        host.go("orders")
        self._settle()
        self.wait(lambda: self.session.pages["orders"].table.currentIndex().isValid())
        self._settle()
        yield "orders"
        table = self.session.pages["orders"].table
        table.pick_all()
        yield "orders-picked"
        table.pick_none()
        host.search("nothing of this name")
        self._settle()
        yield "orders-nothing-found"
        host.search("")
        self._settle()
        for room in [room.key for room in ROOMS if room.key != "orders"] + ["settings"]:
            host.go(room)
            self._settle()
            yield room
            if room == "board":
                yield from self._lanes()

    def _lanes(self) -> Iterator[str]:
        run = next(command for command in self.session.keys.offered if command.id == "board.lanes").run
        run()
        self._settle()
        yield "board-lanes"
        run()
        self._settle()

    def _bench(self) -> Iterator[str]:
        desk, host = self.session.desk, self.session.host
        assert desk.staff is not None
        for status in ("awaiting_parts", "ready", "in_progress"):
            order = self._first(status)
            with desk.database.read() as session:
                before = pages.order_page(session, order).row.assignee_id
            self._do(claiming.assign, claiming.Assign(order, desk.staff.id, before))
        for text in (
            "Montaj ecran",
            "Tactil pe toată suprafața",
            "Camere, difuzor, microfon, încărcare, semnal, Wi-Fi",
        ):
            self._do(notes.add_task, notes.AddTask(order, text))
        with desk.database.read() as session:
            task = pages.order_page(session, order).tasks[0]
        self._do(notes.tick, notes.TickTask(order, task.id, done=True))
        host.go("bench")
        self._settle()
        page: Any = self.session.pages["bench"]
        self.wait(lambda: bool(page.queue.queue.entries))
        page.pick(order)
        self.wait(lambda: page.work is not None and page.work.page is not None and page.job.order_id == order)
        host.turn_timer(order, on=True)
        self.wait(lambda: page.job.head.runs)
        self._settle()
        yield "bench-working"
        host.turn_timer(order, on=False)
        self._settle()

    def _do(self, act: Action[C], command: C) -> None:
        self.session.desk.write(self.frame, lambda _done: None, act, command)
        self._settle()

    def _intake(self) -> Iterator[str]:
        self.session.host.open_intake()
        page: Any = self.session.pages["intake"]
        self._settle()
        yield "intake"
        page.save()
        self._settle()
        yield "intake-refused"
        for field, text in (
            (page.customer.phone, "0733 000 2"), (page.customer.name, "Ilinca-Alexandrina Bârsănescu-Țurcanu"),
            (page.device.serial, "350000000719461"), (page.device.brand, "Samsung"),
            (page.device.model, "Galaxy A54 5G 256 GB"), (page.price.estimate, "12.520,00"), (page.price.deposit, "200"),
        ):  # fmt: skip
            field.setText(text)
        page.problem.text.setPlainText("Ecran spart în colțul din dreapta sus, tactilul nu răspunde deloc.")
        page.price.urgent.setChecked(True)
        self._settle()
        yield "intake-filled"
        page.empty()

    def _orders(self) -> Iterator[str]:
        desk, host = self.session.desk, self.session.host
        for status in ("created", "in_progress", "ready", "handed_over", "cancelled"):
            order = self._first(status)
            host.open_order(order)
            self.wait(lambda: self.session.pages["order"].page is not None)
            self._settle()
            yield f"order-{status}"
        order = self._first("ready")
        with desk.database.read() as session:
            page = pages.order_page(session, order)
        dialogs: tuple[tuple[str, Callable[[], None]], ...] = (
            ("line", lambda: LineDialog(desk, host, order, page.lines[0] if page.lines else None).present()),
            ("task", lambda: TaskDialog(desk, host, order).present()),
            ("bin", lambda: BinDialog(host, "10482", "A3", lambda _name: None).present()),
            ("bin-labels", lambda: BinLabelsDialog(host).present()),
            ("due", lambda: DueDialog(desk, host, page.row.promised_at, lambda _moment: None).present()),
            ("details", lambda: DetailsDialog(desk, host, page, About()).present()),
            ("reason", lambda: ReasonDialog(host, "Anulează comanda: 10482", "Avansul…", "Anulează", print).present()),
            ("papers", lambda: host.choose_paper(order)),
            ("payment", lambda: host.open_payment(order)),
            (
                "merge",
                lambda: MergeDialog(desk, host, _conflict(), lambda _choices: None, About("order", "10482")).present(),
            ),
            ("keys", lambda: self._press("F1")),
        )
        for name, opened in dialogs:
            yield from self._dialog(name, opened)
        refundable = next((payment for payment in page.payments if payment.amount > 0), None)
        if refundable is not None:
            yield from self._dialog("refund", lambda: RefundDialog(desk, host, refundable, refundable.amount).present())

    def _people(self) -> Iterator[str]:
        desk, host = self.session.desk, self.session.host
        company, twin, device = self._company(), self._twin(), self._device()
        for name, key in (("customer-company", company), ("customer-twice", twin)):
            host.open_customer(key)
            self._settle()
            yield name
        page: Any = self.session.pages["customer"]
        page._turn(1)
        yield "customer-devices"
        shown: CustomerShown = page.page
        host.open_device(device)
        self._settle()
        yield "device"
        device_page: Any = self.session.pages["device"]
        thing: DeviceRow = device_page.page.row
        dialogs: tuple[tuple[str, Callable[[], None]], ...] = (
            ("customer-new", lambda: CustomerDialog(desk, host, None, opened=print).present()),
            ("customer-edit", lambda: CustomerDialog(desk, host, shown.row, opened=print).present()),
            ("customers-merged", lambda: JoinDialog(desk, host, shown.row, shown.doubles[0].row, print).present()),
            ("device-edit", lambda: DeviceDialog(desk, host, thing).present()),
        )
        for name, opened in dialogs:
            yield from self._dialog(name, opened)

    def _money(self) -> Iterator[str]:
        desk, host = self.session.desk, self.session.host
        with desk.database.read() as session:
            room = cashroom.room(session, desk.name, None, sees_cash=True)
            order = pages.order_page(session, self._first("ready"))
        till, shift = room.till, room.shift
        assert till is not None
        assert shift is not None
        name = "Ilinca-Alexandrina Bârsănescu-Țurcanu"
        row = ShiftRow(
            shift.id,
            "CLUJ2026-00012",
            till.name,
            shift.opened_at,
            name,
            shift.opened_at,
            123_450_00,
            -1_500,
            "Rest dat greșit",
            "",
            2,
        )
        owed = replace(order.row, customer_name=name, balance=12_520_00)
        debt = DebtRow(
            order.row.id, 10_482, None, name, "+40722000418", "Samsung Galaxy A54 5G 256 GB", 12_520_00,
            desk.now().date(), desk.now(), desk.now(), 3,
        )  # fmt: skip
        deposit = DepositRow(
            order.row.id, 10_482, name, "", order.row.device_title, 20_000, desk.now(), worked=False, abandoned=True
        )
        asked = Asked(
            Act.REFUND, Need.MANAGER, desk.staff.id if desk.staff else order.row.id,
            f"Rambursare de 436,00 lei pentru comanda 10482, {name}, chitanța 10483. Motiv: {'foarte lung ' * 8}", b"",
        )  # fmt: skip
        dialogs: tuple[tuple[str, Callable[[], None]], ...] = (
            ("till-open", lambda: _ignored(open_till(desk, host, till, 30_000))),
            ("till-close", lambda: _ignored(close_till(desk, host, shift.id, till.name, print))),
            ("till-take-over", lambda: _ignored(take_over(desk, host, shift.id, till))),
            ("cash-move", lambda: CashMoveDialog(desk, host, shift.id, till.name).present()),
            ("receipts", lambda: ReceiptsDialog(desk, host, shift.id, till.name).present()),
            ("shift", lambda: ShiftDialog(desk, host, row, lambda: None).present()),
            ("debt", lambda: DebtDialog(desk, host, debt).present()),
            ("deposit", lambda: DepositDialog(desk, host, deposit).present()),
            ("sale", lambda: sell(desk, host)),
            ("unpaid", lambda: UnpaidDialog(desk, host, owed).present()),
            ("tills", lambda: TillsDialog(desk, host).present()),
            ("account", lambda: AccountDialog(desk, host, self._company(), name).present()),
            ("approval", lambda: ApprovalDialog(desk, host, asked).present()),
        )
        for name, opened in dialogs:
            yield from self._dialog(name, opened)

    def _company(self) -> UUID:
        with self.session.desk.database.read() as session:
            return session.scalars(select(Customer.id).where(Customer.company).limit(1)).one()

    def _twin(self) -> UUID:
        with self.session.desk.database.read() as session:
            return session.scalars(duplicates.doubles()).first() or self._company()

    def _device(self) -> UUID:
        with self.session.desk.database.read() as session:
            return session.scalars(select(Device.id).where(Device.serial != "").limit(1)).one()

    def _elsewhere(self) -> Iterator[str]:
        desk, host = self.session.desk, self.session.host
        with desk.database.read() as session:
            person = staff.everyone(session)[0]
        yield from self._dialog("staff", lambda: StaffDialog(desk, host, person).present())
        yield from self._dialog("location", lambda: LocationDialog(desk, host, None).present())
        day = QDate.currentDate().toPython()
        yield from self._dialog("day-chooser", lambda: DayChooser(host.window, day, day).present())  # type: ignore[arg-type]

    def _trouble(self) -> Iterator[str]:
        self.session.host.go("orders")
        self._settle()
        self.session.desk.lost.emit(Unavailable(texts._("The database does not answer.")))
        self._settle()
        yield "connection-lost"
        self.session.desk.back.emit()
        self.session.frame.toasts.silence()
        for count in range(3):
            self.session.host.toast(
                texts._("{number} saved.").format(number=10_482 + count), "check", texts._("Undo"), lambda: None
            )
        yield "toasts"
        self.session.frame.toasts.silence()
        wizard = Wizard(
            Opening(self.session.frame, Namespace(db=""), Preferences()), texts._("The database does not answer.")
        )
        self.session.frame.pages.addWidget(wizard)
        self.session.frame.pages.setCurrentWidget(wizard)
        self.session.frame.dress(signed_in=False)
        for place in range(wizard._stack.count()):
            wizard._stack.setCurrentIndex(place)
            yield f"wizard-{place}"

    def _dialog(self, name: str, opened: Callable[[], None]) -> Iterator[str]:
        opened()
        self.wait(lambda: bool(self._open()))
        self._settle()
        yield f"dialog-{name}"
        for dialog in self._open():
            dialog.dismiss()

    def _press(self, key: str) -> None:
        next(action for action in self.frame.actions() if action.shortcut() == QKeySequence(key)).trigger()

    def _open(self) -> list[Sheet]:
        return open_dialogs(self.frame)

    def _first(self, status: str) -> UUID:
        newest = select(Order.id).where(Order.status == status).order_by(Order.number.desc()).limit(1)
        with self.session.desk.database.read() as session:
            return session.scalars(newest).one()

    def close(self) -> None:
        """Close the window and let go of the shop."""
        for dialog in self._open():
            dialog.dismiss()
        self.session.close()
        self.frame.close()


def sell(desk: Desk, host: Host) -> None:
    """Begin a sale of two things to a company."""
    dialog = SaleDialog(desk, host)
    dialog.present()
    with desk.database.read() as session:
        items = catalogue.items(session)[:2]
        company = customers.one(session, session.scalars(select(Customer.id).where(Customer.company).limit(1)).one())
    for item in items:
        dialog.add(item)
    dialog.customer.take(company)


def _ignored(_dialog: object) -> None:
    """Let a dialog stand that shows itself."""


def _conflict() -> Conflict:
    long = "Nu se aprinde după ce a căzut în apă; ecranul rămâne negru, dar vibrează la apel."
    at = "2026-11-23T08:41:00+00:00"
    clashes = (
        Clash(
            "complaint", "Nu se aprinde.", long, f"{long} Clientul vrea doar recuperarea datelor.", "Vlad Ionescu", at
        ),
        Clash("promised_at", at, at, "2026-11-24T10:00:00+00:00", "Vlad Ionescu", at),
        Clash("estimate", 40_000, 52_000, 48_000, "Vlad Ionescu", at),
    )
    return Conflict("Somebody changed the same.", clashes, ("accessories", "urgency"))


def shop_at(folder: Path) -> Path:
    """Make the small demo shop that is walked through, with one customer known twice; give its file."""
    database, founded = opening.found_demo_at(str(folder / "walk.db"), _ORDERS, _SEED, "Casa 1")
    for name in ("Ștefan Ungureanu", "Ungureanu Ștefan"):
        by = By(founded.owner_id, "Casa 1", datetime.now(UTC), new_key())
        perform(database, by, customers.add, NewCustomer(name, email="stefan@ungureanu.example"))
    database.close()
    return folder / "walk.db"


def walk_in(folder: Path, wait: Wait, language: str = "ro", look: str = "light") -> Walk:
    """Open the window on the shop of a folder."""
    texts.speak(language)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    qt_words.speak(app)
    theme.apply(app, look)
    frame = Frame()
    frame.resize(SIZES["wide"])
    frame.show()
    database = opening.open_shop(str(folder / "walk.db"), "Casa 1")
    with database.read() as session:
        facts, shop_id = settings.shop(session), settings.shop_id(session)
    work = Work()
    desk = Desk(
        database, Station(folder / f"station-{language}-{look}.db", new_secret()), "Casa 1", shop_id, facts, work
    )
    return Walk(frame, Session(frame, desk, Preferences()), work, wait)


def lasting(window: QWidget, faults: Callable[[QWidget], Iterable[str]]) -> list[str]:
    """Give the faults that are still there once layouts have settled, which takes turns of the loop, not time."""
    for _turn in range(4):
        QApplication.processEvents()
    for _turn in range(6):
        found = list(faults(window))
        if not found:
            break
        QApplication.processEvents()
    return found
