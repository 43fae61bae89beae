"""A shop in the window: pages, keys, scanner, live changes. Imported after the first paint."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication

from ticketdesk.desktop import crash, everywhere, panes
from ticketdesk.desktop.ahead import Ahead
from ticketdesk.desktop.command import Command
from ticketdesk.desktop.connection import Connection
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.keys import KeysDialog
from ticketdesk.desktop.dialogs.payment import PaymentDialog
from ticketdesk.desktop.dialogs.sale import SaleDialog
from ticketdesk.desktop.fiscal import FiscalPrinter
from ticketdesk.desktop.frame import Frame
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.keys import Keys
from ticketdesk.desktop.look.theme import apply, current, px, theme
from ticketdesk.desktop.menus import fill, menu_of
from ticketdesk.desktop.pages import Page, Pages
from ticketdesk.desktop.palette.finder import OWN, Finder
from ticketdesk.desktop.papers import Papers
from ticketdesk.desktop.scanner import Scanner
from ticketdesk.desktop.scanning import Scanning
from ticketdesk.desktop.signing import Signing
from ticketdesk.desktop.watch import Watch
from ticketdesk.desktop.widgets.fields import debounced
from ticketdesk.desktop.worktimer import WorkTimer
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import format_money
from ticketdesk.domain.rights import Right
from ticketdesk.services import cashroom, claiming, pages
from ticketdesk.services.cashroom import TillLine
from ticketdesk.services.doors import Done
from ticketdesk.storage.preferences import Preferences, save
from ticketdesk.texts import N_, _

_UNDO = "Ctrl+Z"
_QUIET_MS = 1500
"""After so long somebody looks at the first page, or types a PIN."""


class Session(QObject):
    """One shop in one window, from the first sign-in to closing."""

    def __init__(self, frame: Frame, desk: Desk, preferences: Preferences, note: str = "") -> None:
        super().__init__(frame)
        self.frame, self.desk = frame, desk
        self.host = Host(frame.centralWidget() or frame, preferences)
        self.watch = Watch(desk.database)
        self.ahead = Ahead(desk, self)
        self._claiming = new_key()
        self.timer = WorkTimer(desk, self.host)
        self.pages = Pages(frame, desk, self.host)
        self.papers = Papers(desk, self.host)
        self.connection = Connection(frame, desk, self.host)
        self.keys = Keys(frame, self._everywhere)
        self.signing = Signing(frame, desk, note)
        self.scanning = Scanning(frame, desk, self.host, self.pages)
        self.finder = Finder(desk, self.host, self.pages, self.keys, self.scanning)
        self.fiscal = FiscalPrinter(desk, self.host)
        self._scanner = Scanner(frame, self.scanning.scanned, lambda: self.host.preferences.scan_prefix)
        self._till_soon = debounced(frame, 300)
        self._till_soon.timeout.connect(self._look_at_till)
        self._connect()
        frame.setWindowTitle(f"TicketDesk — {desk.shop.name}")
        self._printers()
        self.watch.start()
        self.signing.lock()
        desk.resend()
        QTimer.singleShot(_QUIET_MS, self, lambda: desk.do(self, lambda _none: None, _load_the_rest))

    def close(self) -> None:
        """Let go of the shop."""
        self.signing.stop()
        self._scanner.stop()
        self.watch.stop()
        self.desk.close()

    # what works everywhere

    def _everywhere(self) -> tuple[Command, ...]:
        may, host = self.desk.may, self.host
        return (
            Command(
                "order.new", N_("New order"), "F2, Ctrl+N", "plus", host.open_intake, partial(may, Right.TAKE_IN),
                (N_("take in, receive a device, check in, new ticket"),),
            ),
            Command(
                "sale", N_("Counter sale"), "Shift+F2", "receipt", self._sell, partial(may, Right.TAKE_PAYMENT),
                (N_("sell, basket, shop, sale"),),
            ),
            Command(OWN, N_("Search everything"), "F3, Ctrl+K", "search", self.finder.open, words=(N_("find, scan"),)),
            Command(
                "claim", N_("Claim next"), "F9", "hand", self._claim, partial(may, Right.CLAIM),
                (N_("next job, take the next order"),),
            ),
            Command(
                "undo", N_("Undo the last action"), _UNDO, "undo", partial(self.frame.toasts.press, _UNDO),
                words=(N_("take back"),),
            ),
            Command("refresh", N_("Refresh"), "F5", "refresh", self._refresh, words=(N_("reload, try again"),)),
            Command(
                "fiscal", N_("Fiscal receipts"), "", "receipt", self.fiscal.show, lambda: self.desk.shop.fiscal,
                (N_("cash register"),),
            ),
            *everywhere.rooms(self.pages),
            *everywhere.errands(self.pages, host, may),
            *everywhere.settings(self.pages),
            *everywhere.looks(host),
            Command("window.back", N_("Back"), "Alt+Left", "arr-l", self.pages.back),
            Command("window.forward", N_("Forward"), "Alt+Right", "arr-r", self.pages.forward),
            Command("window.leave", N_("Close, back; twice: search"), "Esc", "x", self.pages.back),
            Command("window.pane.next", N_("Next pane"), "F6", "lanes", partial(self._pane, 1)),
            Command("window.pane.before", N_("Previous pane"), "Shift+F6", "lanes", partial(self._pane, -1)),
            Command("window.menu", N_("Menu of all commands"), "F10", "more", self._menu),
            Command("keys", N_("All keys"), "F1", "keyboard", self._all_keys, words=(N_("help, shortcuts"),)),
            Command("window.full", N_("Full screen"), "F11", "monitor", self._full_screen),
            Command(
                "lock", N_("Lock, change user"), "F12", "lock", self.signing.lock,
                words=(N_("log out, logout, sign out, switch user"),),
            ),
        )  # fmt: skip

    def _sell(self) -> None:
        SaleDialog(self.desk, self.host).present()

    def _pane(self, by: int) -> None:
        if (page := self.pages.current()) is not None:
            panes.step(self.frame, page, by)

    def _menu(self) -> None:
        """Offer every command of the page, then those that work everywhere, with their keys."""
        keys = self.keys
        menu = menu_of(self.frame, keys.of_page, keys.run)
        menu.addSeparator()
        groups = {
            "go": menu.addMenu(_("Go to")),
            "settings": menu.addMenu(_("Settings")),
            "look": menu.addMenu(_("Appearance")),
            "window": menu.addMenu(_("Window")),
        }
        menu.addSeparator()
        for command in keys.of_window:
            fill(groups.get(command.id.split(".")[0], menu), (command,), keys.run)
        menu.popup(self.host.window.mapToGlobal(QPoint(px(80), px(8))))

    def _to_search(self) -> None:
        if self.frame.command_bar.isVisible():
            self.frame.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.frame.search.selectAll()
        else:
            self.finder.open()

    def _searched(self, text: str) -> None:
        if self.pages.shown() != "orders":
            self.pages.show("orders")
            self.frame.search.setFocus()
        self.pages["orders"].search(text)
        self.frame.search_hints.doubt(self.pages["orders"].doubt())

    def _claim(self) -> None:
        """Claim the next order of the pool; pressed again before the answer it is still one wish."""

        def done(claimed: Done) -> None:
            self._claiming = new_key()
            self.host.toast(_("You claimed {number}.").format(number=claimed.number), "hand")
            if self.pages.shown() == "bench":
                self.pages["bench"].expect(claimed.id)
            else:
                self.host.open_order(claimed.id)

        self.desk.write(self, done, claiming.claim, claiming.Claim(), request=self._claiming)

    def _all_keys(self) -> None:
        KeysDialog(self.host, self.keys.of_page, self.keys.of_window).present()

    def _full_screen(self) -> None:
        self.frame.setWindowState(self.frame.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _refresh(self) -> None:
        self.desk.resend()
        self.desk.changed.emit(frozenset())

    # the world

    def _connect(self) -> None:
        frame, desk, host = self.frame, self.desk, self.host
        self.signing.leaving.connect(self.timer.leave)
        self.signing.locked.connect(self.keys.withdraw)
        self.signing.locked.connect(frame.toasts.silence)
        self.signing.entered.connect(self._entered)
        self.signing.page.theme_wanted.connect(self._other_look)
        self.pages.moved.connect(self._moved)
        self.keys.escaped.connect(self._to_search)
        frame.room_chosen.connect(self.pages.show)
        frame.person.clicked.connect(self.signing.lock)
        frame.new_order.clicked.connect(host.open_intake)
        frame.claim.clicked.connect(self._claim)
        frame.retry.clicked.connect(self._refresh)
        frame.search.textEdited.connect(self._searched)
        frame.search.left.connect(self.pages.resume)
        frame.closing.connect(self.close)
        host.order_wanted.connect(partial(self.pages.show, "order"))
        host.customer_wanted.connect(self._open_customer)
        host.device_wanted.connect(partial(self.pages.show, "device"))
        host.intake_wanted.connect(partial(self.pages.show, "intake"))
        host.intake_for_wanted.connect(self._take_in_for)
        host.payment_wanted.connect(self._pay)
        host.page_wanted.connect(self.pages.show)
        host.view_wanted.connect(self._show_view)
        host.till_wanted.connect(partial(everywhere.step_till, self.pages))
        host.back_wanted.connect(self.pages.back)
        host.search_wanted.connect(self._type_into_search)
        host.toast_wanted.connect(self._toast)
        host.preferred.connect(self._prefer)
        host.hints_wanted.connect(frame.hints)
        desk.refused.connect(lambda refusal: frame.toasts.say(refusal.sentence, "warning"))
        desk.crashed.connect(self._crashed)
        desk.changed.connect(self._till_moved)
        desk.signed_in.connect(self._till_moved)
        self.watch.changed.connect(desk.changed)
        self.watch.lost.connect(self.connection.lose)
        self.watch.changed.connect(lambda _keys: self.connection.find())

    def _entered(self, changed: bool) -> None:  # noqa: FBT001 - the signal says so
        if changed:
            self.pages.forget()
            self.frame.search.clear()  # whoever was here may have typed a phone
        self.pages.resume()

    def _moved(self, page: Page) -> None:
        self.keys.offer(page.commands)
        if self.pages.shown() == "orders":
            page.search(self.frame.search.text())  # it may be made anew, in another size

    def _open_customer(self, customer_id: UUID) -> None:
        if self.desk.may(Right.SEE_CUSTOMERS):
            self.pages.show("customer", customer_id)
        else:
            self.host.toast(_("Your role does not allow this. Ask a manager."), "warning")

    def _take_in_for(self, customer_id: UUID | None, device_id: UUID | None) -> None:
        self.pages.show("intake")
        if not self.pages["intake"].begin_for(customer_id, device_id):
            self.host.toast(_("An intake is half written: finish or clear it first."), "info")

    def _pay(self, order_id: UUID) -> None:
        self.desk.read(
            self, lambda page: PaymentDialog(self.desk, self.host, page).present(), pages.order_page, order_id
        )

    def _show_view(self, view: str) -> None:
        self.pages.show("orders")
        self.pages["orders"].show_view(view)

    def _type_into_search(self, text: str) -> None:
        self.frame.search.setFocus()
        self.frame.search.setText(text)
        self._searched(text)

    def _toast(self, text: str, icon: str, action: str, run: Callable[[], None] | None) -> None:
        self.frame.toasts.say(text, icon, action, run, _UNDO if action == _("Undo") else "")

    def _crashed(self, error: Exception) -> None:
        crash.log(error, self.pages.shown())
        crash.tell(self.frame.toasts.say, error)

    def _till_moved(self) -> None:
        self._till_soon.start()

    def _look_at_till(self) -> None:
        if self.desk.staff is None or not self.desk.shop.shifts:
            self.frame.till("")
            return
        sees = self.desk.may(Right.SEE_TILL_CASH)
        self.desk.read(self, self._show_till, cashroom.till_line, self.desk.name, sees_cash=sees)

    def _show_till(self, till: TillLine | None) -> None:
        if till is None:
            self.frame.till(_("no till chosen"))
        elif not till.open:
            self.frame.till(_("{till} is closed").format(till=till.till))
        elif till.cash is None:
            self.frame.till(_("{till} is open").format(till=till.till))
        else:
            cash = format_money(till.cash, self.desk.shop.currency)
            self.frame.till(f"{till.till} · {cash}")

    def _other_look(self) -> None:
        other = "light" if current().name == "dark" else "dark"
        self.host.prefer(replace(self.host.preferences, theme=other))

    def _prefer(self, preferences: Preferences) -> None:
        app, state = QApplication.instance(), theme()
        zoom = int(preferences.zoom) / 100
        before = state.zoom
        if isinstance(app, QApplication) and (state.wish, state.zoom) != (preferences.theme, zoom):
            apply(app, preferences.theme, zoom)
        if zoom != before:
            self.pages.remake()
        self._printers()
        self.desk.do(self, lambda _none: None, save, preferences)

    def _printers(self) -> None:
        preferences = self.host.preferences
        chosen = preferences.receipt_printer and preferences.label_printer
        self.frame.printers.setText(_("Receipts and labels: ready") if chosen else _("Papers go to PDF files"))


def _load_the_rest() -> None:
    """Load, beside the window, what a start does without: the other pages and every action."""
    import ticketdesk.desktop.other_pages  # noqa: PLC0415
    import ticketdesk.services.registry  # noqa: F401, PLC0415
