"""The room of the cash: the till and its shift, what waits to be paid, and the shifts that are closed."""

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from ticketdesk.desktop import dates
from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.cash_move import CashMoveDialog
from ticketdesk.desktop.dialogs.count import close_till, open_till, take_over
from ticketdesk.desktop.dialogs.debt import DebtDialog
from ticketdesk.desktop.dialogs.deposit import DepositDialog
from ticketdesk.desktop.dialogs.numbers import NumbersDialog
from ticketdesk.desktop.dialogs.receipts import ReceiptsDialog
from ticketdesk.desktop.dialogs.shift import ShiftDialog
from ticketdesk.desktop.dialogs.tills import TillsDialog
from ticketdesk.desktop.host import Host, Slip, file_name
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.screens.cash.panels import Debts, Deposits, Figures, Methods, Moves, Shifts
from ticketdesk.desktop.screens.cash.reports import print_shift
from ticketdesk.desktop.widgets.basics import Button, IconButton, column, frame, hline, label, row, wrapped
from ticketdesk.desktop.widgets.fields import Dropdown, debounced
from ticketdesk.desktop.widgets.panels import Notice
from ticketdesk.desktop.widgets.scrolled import scrolled
from ticketdesk.documents.cash import cash_paper
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.services import cashroom, tills
from ticketdesk.services.accounts import DebtRow
from ticketdesk.services.cashroom import CashRoom
from ticketdesk.services.deposits import DepositRow
from ticketdesk.services.doors import Done
from ticketdesk.services.reckoning import MoveRow, ShiftRow
from ticketdesk.services.tills import UseTill
from ticketdesk.texts import N_, _

_NARROW = 1180


class CashPage(QWidget):
    """One till of the shop; asks again when something changes."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__()
        self._desk, self._host = desk, host
        self._room: CashRoom | None = None
        self._till: UUID | None = None
        self._mine = self._step_wanted = False
        self._behind = QStackedWidget()
        self._make_head()
        self._make_panels()
        self._connect()
        self._soon = debounced(self, 200)
        self._soon.timeout.connect(self.reload)
        self.commands = (
            Command(
                "cash.next", N_("Open or close the till"), "F8", "drawer", self._step, self._may_step,
                (N_("close the shift, open the shift, end of the day, Z report"),),
            ),
            Command("cash.move", N_("Cash in or out"), "Ctrl+D", "cash", self._move, self._is_open),
            Command("cash.receipts", N_("Receipts of the shift"), "Ctrl+R", "receipt", self._receipts, self._is_open),
            Command("cash.numbers", N_("Numbers of papers"), "", "receipt", self._numbers, partial(desk.may, Right.SEE_SHIFTS)),
            Command("cash.print", N_("Print the X report"), "Ctrl+P", "printer", self._print_x, self._is_open),
            Command("cash.tills", N_("Tills"), "", "drawer", self._tills, partial(desk.may, Right.MANAGE_TILLS)),
        )  # fmt: skip

    def activate(self) -> None:
        """Show the till as it is now."""
        keys = (("F8", _("open, close")), ("Ctrl+D", _("cash in or out")), ("Ctrl+P", _("X report")))
        self._host.hints(keys if self._desk.may(Right.USE_TILL) else keys[2:])
        if not self._desk.may(Right.SEE_SHIFTS):
            self._behind.setCurrentIndex(2)
            self._bar.setVisible(False)
            return
        self.reload()

    def scan(self, _code: str) -> bool:
        """Leave every code to the window."""
        return False

    def step_once_known(self) -> None:
        """Open or close the till as soon as it is known how it stands; where nobody may, the room says why."""
        self._step_wanted = True

    def reload(self) -> None:
        """Ask again for the room, if it is for whoever is signed in."""
        if not self._desk.may(Right.SEE_SHIFTS):
            return
        sees = self._desk.may(Right.SEE_TILL_CASH)
        self._desk.read(self, self._show, cashroom.room, self._desk.name, self._till, sees_cash=sees)

    def _show(self, room: CashRoom) -> None:
        self._room = room
        shop = self._desk.shop
        self._name(room)
        self._behind.setCurrentIndex(0 if room.shift else 1)
        if room.shift is not None:
            self.figures.show_shift(room.shift, shop)
        self.methods.show_shift(room.shift)
        self.moves.show_shift(room.shift)
        today = day_of(self._desk.now(), shop.zone)
        for debts, deposits, shifts in ((self.debts, self.deposits, self.shifts), self._closed_cards):
            debts.show_debts(room.debts, today)
            deposits.show_deposits(room.deposits)
            shifts.show_shifts(room.shifts)
        wanted, self._step_wanted = self._step_wanted, False
        if wanted and self._may_step():
            self._step()

    def _name(self, room: CashRoom) -> None:
        shop = self._desk.shop
        self.tills.blockSignals(True)
        self.tills.clear()
        for till in room.tills:
            self.tills.addItem(till.name, str(till.id))
        if room.till is not None:
            self.tills.choose(str(room.till.id))
        self.tills.blockSignals(False)
        self.tills.setVisible(len(room.tills) > 1)
        self._title.setText(_("Cash desk") if len(room.tills) > 1 or room.till is None else room.till.name)
        shift, may = room.shift, self._desk.may(Right.USE_TILL)
        self.use.setVisible(room.till is not None and not room.here and may)
        if shift is not None:
            since = dates.moment_text(shift.opened_at, self._desk.now(), shop.zone)
            text = _("Shift {number}, open since {time}, with {name}")
            self._state.setText(text.format(number=shift.number, time=since, name=shift.staff))
        else:
            self._state.setText(_("closed now") if shop.shifts else _("no shifts are kept"))
        self._state.setToolTip(self._state.text())
        staff = self._desk.staff
        self._mine = staff is not None and room.till is not None and room.till.staff == staff.name
        for button in (self.in_out, self.print):
            button.setVisible(shift is not None)
        self.in_out.setVisible(shift is not None and may)
        self.over.setVisible(shift is not None and may and not self._mine)
        self.step.setVisible(may and room.till is not None and (shift is not None or shop.shifts))
        self.step.relabel(_("Close the till") if shift else _("Open the till"))
        self.step.setEnabled(self._may_step())
        self._closed.say(*self._why_closed(room))

    def _why_closed(self, room: CashRoom) -> tuple[str, str]:
        if not self._desk.shop.shifts:
            return (
                _("This shop keeps no shifts"),
                _("Cash is taken without opening a till. The owner can change that in the settings."),
            )
        if room.till is None:
            return _("This computer has no till yet"), _("Choose its till above, or let a manager add one.")
        text = _("Open it with the counted float to take cash. Cards and transfers work without.")
        return _("{till} is closed").format(till=room.till.name), text

    # what can be done

    def _is_open(self) -> bool:
        return self._room is not None and self._room.shift is not None

    def _may_step(self) -> bool:
        if self._room is None or self._room.till is None or not self._desk.may(Right.USE_TILL):
            return False
        if self._room.shift is None:
            return self._desk.shop.shifts
        return self._mine or self._desk.may(Right.MANAGE_TILLS)

    def _step(self) -> None:
        room = self._room
        if room is None or room.till is None:
            return
        if room.shift is None:
            open_till(self._desk, self._host, room.till, room.left)
        else:
            title = _("{till}, shift {number}").format(till=room.till.name, number=room.shift.number)
            close_till(self._desk, self._host, room.shift.id, title, self._closed_now)

    def _closed_now(self, done: Done) -> None:
        print_shift(self._desk, self._host, done.id, done.document or "", _("Z report"))

    def _move(self) -> None:
        if self._room is not None and self._room.shift is not None and self._room.till is not None:
            CashMoveDialog(self._desk, self._host, self._room.shift.id, self._room.till.name).present()

    def _take_over(self) -> None:
        if self._room is not None and self._room.shift is not None and self._room.till is not None:
            take_over(self._desk, self._host, self._room.shift.id, self._room.till)

    def _receipts(self) -> None:
        if self._room is not None and self._room.shift is not None:
            shift = self._room.shift
            title = _("{till}, shift {number}").format(till=shift.till, number=shift.number)
            ReceiptsDialog(self._desk, self._host, shift.id, title).present()

    def _numbers(self) -> None:
        NumbersDialog(self._desk, self._host).present()

    def _print_x(self) -> None:
        if self._room is not None and self._room.shift is not None:
            shift = self._room.shift
            print_shift(self._desk, self._host, shift.id, shift.number, _("X report"))

    def _print_move(self, move: MoveRow) -> None:
        make = partial(cash_paper, move_id=move.id, code=self._desk.shop.language)
        text = _("{paper} printed.").format(paper=_("Cash slip"))
        self._host.print_slip(Slip(make, file_name(_("Cash slip"), move.number), text))

    def _tills(self) -> None:
        TillsDialog(self._desk, self._host).present()

    def _open_debt(self, debt: DebtRow) -> None:
        DebtDialog(self._desk, self._host, debt).present()

    def _open_deposit(self, deposit: DepositRow) -> None:
        DepositDialog(self._desk, self._host, deposit).present()

    def _open_shift(self, shift: ShiftRow) -> None:
        print_z = partial(print_shift, self._desk, self._host, shift.id, shift.number, _("Z report"))
        ShiftDialog(self._desk, self._host, shift, print_z).present()

    def _use(self) -> None:
        if self._room is not None and self._room.till is not None:
            till = self._room.till
            text = _("The cash of this computer goes into {till}.").format(till=till.name)
            self._desk.write(self, lambda _done: self._host.toast(text, "drawer"), tills.use, UseTill(till.id))

    def _choose(self) -> None:
        self._till = UUID(self.tills.currentData())
        self.reload()

    # frame

    def _make_head(self) -> None:
        self._title = label(_("Cash desk"), "title", 600)
        self.tills = Dropdown(_("Till"))
        self.tills.setMinimumWidth(px(140))
        self._state = label("", "body", tone="second")
        self._state.setMinimumWidth(20)
        self.use = Button(_("Use it on this computer"), size="md")
        self.over = Button(_("Take over"), icon="hand", size="md")
        self.in_out = Button(_("Cash in or out"), "Ctrl+D", icon="cash", size="md")
        self.print = Button(_("X report"), "Ctrl+P", icon="printer", size="md")
        self.step = Button(_("Open the till"), "F8", "primary", "drawer", "md")
        self.edit = IconButton("settings", _("Tills"))
        self.edit.setEnabled(self._desk.may(Right.MANAGE_TILLS))
        self.edit.clicked.connect(self._tills)
        self._bar = frame("bar")
        self._bar.setFixedHeight(px(57))
        across = row(self._title, 8, self.tills, 4, margins=(px(16), 0, px(16), 0), spacing=px(8))
        across.addWidget(self._state, 1)
        for button in (self.use, self.over, self.in_out, self.print, self.step):
            button.hide()
            across.addWidget(button)
        across.addWidget(self.edit)
        self._bar.setLayout(across)

    def _make_panels(self) -> None:
        shop = self._desk.shop
        self.figures = Figures()
        self.methods, self.moves = Methods(shop), Moves(shop)
        self.debts, self.deposits, self.shifts = Debts(shop), Deposits(shop), Shifts(shop)
        self._grid = QGridLayout()
        self._grid.setSpacing(px(12))
        self._arrange(wide=True)
        inside = QWidget()
        inside.setProperty("kind", "clear")
        layout = column(self.figures, margins=(px(16), px(12), px(16), px(16)), spacing=px(12))
        layout.addLayout(self._grid, 1)
        inside.setLayout(layout)
        # while the till is closed: why, and the rest of the room below
        self._closed = Notice("drawer", "", "")
        self._closed_cards = Debts(shop), Deposits(shop), Shifts(shop)
        below = QGridLayout()
        below.setSpacing(px(12))
        below.addWidget(self._closed_cards[0], 0, 0)
        below.addWidget(self._closed_cards[1], 0, 1)
        below.addWidget(self._closed_cards[2], 1, 0, 1, 2)
        shut = QWidget()
        shut.setProperty("kind", "clear")
        other = column(self._closed, margins=(px(16), px(12), px(16), px(16)), spacing=px(12))
        other.addLayout(below, 1)
        shut.setLayout(other)
        for part in (inside, shut):
            self._behind.addWidget(scrolled(part))
        self._behind.addWidget(_forbidden())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._bar)
        whole.addWidget(hline())
        whole.addWidget(self._behind, 1)

    def _arrange(self, *, wide: bool) -> None:
        """Put the shift at the left and what waits at the right; one below the other where it is narrow."""
        places = (
            (self.methods, 0, 0, 1, 6), (self.moves, 1, 0, 1, 6), (self.shifts, 2, 0, 1, 6),
            (self.debts, 0, 6, 2, 6), (self.deposits, 2, 6, 1, 6),
        ) if wide else (
            (self.methods, 0, 0, 1, 12), (self.moves, 1, 0, 1, 12), (self.debts, 2, 0, 1, 12),
            (self.deposits, 3, 0, 1, 12), (self.shifts, 4, 0, 1, 12),
        )  # fmt: skip
        for card, *place in places:
            self._grid.addWidget(card, *place)
        for across in range(12):
            self._grid.setColumnStretch(across, 1)
        self._wide = wide

    def _connect(self) -> None:
        self.step.clicked.connect(self._step)
        self.in_out.clicked.connect(self._move)
        self.over.clicked.connect(self._take_over)
        self.print.clicked.connect(self._print_x)
        self.use.clicked.connect(self._use)
        self.tills.currentIndexChanged.connect(lambda _place: self._choose())
        self.figures.cash.connect(self._move)
        self.figures.receipts.connect(self._receipts)
        self.methods.opened.connect(lambda _row: self._receipts())
        self.moves.opened.connect(self._print_move)
        for debts, deposits, shifts in ((self.debts, self.deposits, self.shifts), self._closed_cards):
            debts.opened.connect(self._open_debt)
            deposits.opened.connect(self._open_deposit)
            shifts.opened.connect(self._open_shift)
        self._desk.changed.connect(self._changed)

    def _changed(self) -> None:
        self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(_NARROW)
        if wide != self._wide:
            self._arrange(wide=wide)


def _forbidden() -> QWidget:
    page = QWidget()
    notice = Notice("lock", _("The cash is not for your role"), _("Ask a manager if you need it."))
    page.setLayout(column(notice, wrapped(), None, margins=(px(16), px(16), px(16), px(16))))
    return page
