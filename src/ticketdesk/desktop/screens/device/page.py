"""One device whole: what it is, who brought it, whether it is under our warranty, and all its orders."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ticketdesk.desktop import dates, links
from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.device import DeviceDialog
from ticketdesk.desktop.history import HistoryPane
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.people import LinkRow
from ticketdesk.desktop.screens.customer.header import Title
from ticketdesk.desktop.screens.customer.orders import OrdersOf
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.widgets.basics import Button, IconButton, clear, column, hline, icon_label, label, row, tag
from ticketdesk.desktop.widgets.elided import Elided
from ticketdesk.desktop.widgets.focus import put_in_order
from ticketdesk.desktop.widgets.strip import Strip, below, cell
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.devices import kind_of, shown_serial
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.people import shown_phone
from ticketdesk.domain.rights import Right
from ticketdesk.services import customer_pages
from ticketdesk.services.customer_pages import DevicePage as Shown
from ticketdesk.services.lists import Question
from ticketdesk.texts import N_, _, ngettext

_MOST_OWNERS = 4


class DevicePage(QWidget):
    """Everything about one device, kept up to date."""

    def __init__(self, desk: Desk, host: Host, device_id: UUID) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._host, self._id = desk, host, device_id
        self.page: Shown | None = None
        self.history = HistoryPane(desk.shop.zone)
        newest_first = Question((), device_id=device_id, sort="number", descending=True)
        self.orders = OrdersOf(desk, host, newest_first, cells.DEVICE, _("This device has no orders yet."))
        self.header = self._head()
        self._top = column(spacing=12, margins=(16, 12, 16, 0))
        self._build()
        self.commands = self._commands()
        self.orders.intake_wanted.connect(self._take_in)
        desk.changed.connect(self._changed)

    def activate(self) -> None:
        """Ask for the device and show it."""
        self._host.hints(
            (("F2", _("new order")), ("Ctrl+E", _("change")), (_("Enter"), _("open")), ("Alt+←", _("back")))
        )
        self._load()
        self.orders.activate()
        self.orders.table.setFocus()

    def scan(self, _code: str) -> bool:
        """Leave every code to the window."""
        return False

    # building

    def _head(self) -> QFrame:
        head = QFrame()
        head.setProperty("kind", "bar")
        back = IconButton("arr-l", _("Back"), "Alt+←")
        back.clicked.connect(self._host.back)
        self._icon, self._title, self._marks = icon_label("phone", "text2", 18), Title(), QHBoxLayout()
        self._edit_button = Button(_("Change"), "Ctrl+E", icon="pencil", size="md")
        self._edit_button.clicked.connect(self._edit)
        self._intake = Button(_("New order"), "F2", "primary", "plus", "md")
        self._intake.clicked.connect(self._take_in)
        top = row(back, self._icon, spacing=10, margins=(16, 10, 16, 10))
        top.addWidget(self._title, 10)
        top.addLayout(self._marks)
        top.addStretch(1)
        top.addWidget(self._edit_button)
        top.addWidget(self._intake)
        head.setLayout(column(top, hline(), spacing=0))
        return head

    def _build(self) -> None:
        self._left = QWidget()
        self._left.setLayout(self._top)
        self._count = label("", "field", 600)
        body = column(self._left, spacing=0)
        body.addLayout(row(self._count, None, margins=(16, 12, 16, 8)))
        body.addWidget(self.orders, 1)
        across = row(spacing=0)
        across.addLayout(body, 1)
        across.addWidget(self.history)
        layout = column(self.header, spacing=0)
        layout.addLayout(across, 1)
        self.setLayout(layout)
        self.panes = (self.header, self._left, self.orders, self.history)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.history.fit(self.width())

    # showing

    def _load(self) -> None:
        self._desk.read(self, self._show, customer_pages.device_page, self._id, self._desk.now(), self._desk.role)

    def _changed(self, _keys: frozenset[UUID]) -> None:
        if self._desk.staff is not None and self.isVisible():
            self._load()

    def _show(self, page: Shown) -> None:
        self.page, device = page, page.row
        self._icon.show_icon(kind_of(device.kind).icon)
        self._title.setText(device.title)
        self._title.setToolTip(device.title)
        self._title.updateGeometry()
        clear(self._marks)
        if device.warranty_until is not None:
            day = dates.numeric_day(day_of(device.warranty_until, self._desk.shop.zone))
            self._marks.addWidget(tag(_("Under warranty until {day}").format(day=day), "ok", "shield"))
        self._edit_button.setEnabled(self._desk.may(Right.EDIT_ORDER))
        self._intake.setEnabled(self._desk.may(Right.TAKE_IN))
        self._count.setText(ngettext("{count} order", "{count} orders", device.orders).format(count=device.orders))
        clear(self._top)
        self._top.addWidget(Strip((self._facts(page), self._owners(page), self._warranty(page))))
        self.history.show_entries(page.history)
        # what was made anew is shown in the next turn of the loop
        QTimer.singleShot(0, self, lambda: put_in_order(*self.panes))

    def _facts(self, page: Shown) -> QWidget:
        device = page.row
        serial = shown_serial(device.serial)
        named = f"IMEI {serial}" if len(device.serial) == 15 else serial
        made = _("made in {year}").format(year=device.made_in) if device.made_in else ""
        what = " · ".join(part for part in (_(kind_of(device.kind).label), device.colour, made) if part)
        copy = IconButton("copy", _("Copy the serial number"))
        copy.clicked.connect(partial(links.copy, self._host, device.serial))
        copy.setEnabled(bool(device.serial))
        return cell(_("IMEI or serial"), [(named or _("none written"), ""), (what, "second")], "", copy)

    def _owners(self, page: Shown) -> QWidget:
        if not page.owners:
            return cell(_("Brought by"), [(_("nobody: our own"), "")])
        made, lines = cell(_("Brought by"), []), column(spacing=0)
        for owner in page.owners[:_MOST_OWNERS]:
            phone = shown_phone(owner.phone, self._desk.shop.region) if owner.phone else ""
            if not self._desk.may(Right.SEE_CUSTOMERS):
                lines.addWidget(Elided(owner.name))
                continue
            line = LinkRow("user", owner.name, phone)
            line.clicked.connect(partial(self._host.open_customer, owner.id))
            lines.addWidget(line)
        below(made, lines)
        return made

    def _warranty(self, page: Shown) -> QWidget:
        device = page.row
        if device.warranty_until is None:
            return cell(_("Our warranty"), [(_("none now"), ""), ("", "")])
        day = dates.numeric_day(day_of(device.warranty_until, self._desk.shop.zone))
        made = cell(_("Our warranty"), [(_("until {day}").format(day=day), "ok")])
        line = LinkRow("shield", _("by order {number}").format(number=device.warranty_number), "")
        line.clicked.connect(lambda: self._open_warranty(device.warranty_order))
        below(made, column(line, spacing=0))
        return made

    # what can be done

    def _open_warranty(self, order_id: UUID | None) -> None:
        if order_id is not None:
            self._host.open_order(order_id)

    def _edit(self) -> None:
        if self.page is not None and self._desk.may(Right.EDIT_ORDER):
            DeviceDialog(self._desk, self._host, self.page.row).present()

    def _take_in(self) -> None:
        if self.page is not None and self._desk.may(Right.TAKE_IN):
            self._host.open_intake_for(self.page.row.customer_id, self._id)

    def _commands(self) -> tuple[Command, ...]:
        may = self._desk.may
        return (
            Command(
                "device.take_in", N_("New order for the device"), "F2", "plus", self._take_in,
                partial(may, Right.TAKE_IN),
            ),
            Command(
                "device.edit", N_("Change the device"), "Ctrl+E", "pencil", self._edit, partial(may, Right.EDIT_ORDER)
            ),
        )  # fmt: skip
