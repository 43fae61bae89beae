"""A shop in the window: sign-in, pages, keys, scanner, live changes. Imported after the first paint."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication

from ticketdesk.desktop import crash
from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.keys import KeysDialog
from ticketdesk.desktop.dialogs.payment import PaymentDialog
from ticketdesk.desktop.frame import ROOMS, Frame
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look.theme import apply
from ticketdesk.desktop.printing import print_paper
from ticketdesk.desktop.scanner import Scanner
from ticketdesk.desktop.screens.board.page import BoardPage
from ticketdesk.desktop.screens.day.page import DayPage
from ticketdesk.desktop.screens.intake.page import IntakePage
from ticketdesk.desktop.screens.order.page import OrderPage
from ticketdesk.desktop.screens.orders.page import OrdersPage
from ticketdesk.desktop.screens.settings import SettingsPage
from ticketdesk.desktop.screens.sign_in import SignInPage
from ticketdesk.desktop.watch import Watch
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.domain.clock import now
from ticketdesk.domain.codes import order_number
from ticketdesk.domain.errors import Refusal, Unavailable
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.services import orders, pages, staff
from ticketdesk.services.doors import Done
from ticketdesk.services.staff import StaffRow
from ticketdesk.storage.preferences import Preferences
from ticketdesk.texts import N_, _

Page = Any
"""A page of the window: a widget with ``activate``, ``scan`` and ``commands``."""


class Session(QObject):
    """One shop in one window, from the first sign-in to closing."""

    def __init__(self, frame: Frame, desk: Desk, preferences: Preferences, note: str = "") -> None:
        super().__init__(frame)
        self.frame, self.desk, self.preferences = frame, desk, preferences
        self.host = Host(frame.centralWidget() or frame)
        self.watch = Watch(desk.database)
        self._actions: list[QAction] = []
        self._offered: tuple[Command, ...] = ()
        self._behind: list[str] = []
        self._order_page: OrderPage | None = None
        self._last_person: StaffRow | None = None
        self.sign_in = SignInPage(desk.shop.name, desk.shop.zone, note)
        self.pages: dict[str, Page] = {}
        self._set_aside: list[Overlay] = []
        frame.pages.addWidget(self.sign_in)
        self._connect()
        self._idle = QTimer(self, interval=desk.shop.lock_minutes * 60_000, singleShot=True)
        self._idle.timeout.connect(self.lock)
        self._scanner = Scanner(self.scanned, self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.installEventFilter(self._scanner)
            app.installEventFilter(self)
        frame.setWindowTitle(f"TicketDesk — {desk.shop.name}")
        frame.connection(_("Connected"), lost=False)
        self._printers()
        self.watch.start()
        self.lock()
        desk.resend()

    # signing in and out

    def lock(self) -> None:
        """Hide the shop until somebody signs in; what was being typed stays where it is."""
        if self.desk.staff is not None:
            self._last_person = self.desk.staff
            if (field := QApplication.focusWidget()) is not None:
                field.clearFocus()  # fields that save when they are left do so while somebody still signs
        self.desk.sign(None)
        self._set_aside = [dialog for dialog in self._dialogs() if dialog.isVisible()]
        for dialog in self._set_aside:
            dialog.hide()
        self._idle.stop()
        self.frame.dress(signed_in=False)
        self.frame.pages.setCurrentWidget(self.sign_in)
        self.frame.hints(())
        self._keys(())
        self.desk.read(self, lambda people: self.sign_in.offer(people, self._last_person), staff.everyone)
        self.sign_in.activate()

    def enter(self, person: StaffRow) -> None:
        """Let somebody in, to where they were."""
        changed = self._last_person is None or self._last_person.id != person.id
        self.desk.sign(person)
        self.frame.dress(signed_in=True)
        self.frame.person.show_person(person.name)
        self.frame.person.setAccessibleName(_("Signed in: {name}").format(name=person.name))
        self.frame.claim.setVisible(self.desk.may(Right.CLAIM))
        self.frame.new_order.setVisible(self.desk.may(Right.TAKE_IN))
        self._idle.start()
        if changed:
            self._leave_pages()
        self._show(self._behind.pop() if self._behind and not changed else "orders")
        for dialog in self._set_aside:
            if changed:
                dialog.dismiss()
            else:
                dialog.present()
        self._set_aside = []

    def _try_pin(self, person: StaffRow, pin: str) -> None:
        def job() -> StaffRow | Refusal:
            try:
                return staff.sign_in(self.desk.database, person.id, pin, self.desk.name, now())
            except Refusal as refusal:
                return refusal

        def done(outcome: StaffRow | Refusal) -> None:
            self.sign_in.pin.setEnabled(True)
            if isinstance(outcome, Refusal):
                self.sign_in.refuse(outcome.sentence)
            else:
                self.enter(outcome)

        self.desk.do(self, done, job)

    def _leave_pages(self) -> None:
        for page in self.pages.values():
            self.frame.pages.removeWidget(page)
            page.deleteLater()
        self.pages.clear()
        self._order_page = None
        self._behind.clear()

    # pages

    def _page(self, key: str) -> Page:
        if key not in self.pages:
            makers: dict[str, Callable[[Desk, Host], Page]] = {
                "orders": OrdersPage,
                "board": BoardPage,
                "day": DayPage,
                "intake": IntakePage,
                "settings": lambda desk, host: SettingsPage(desk, host, self.preferences, self._prefer),
            }
            self.pages[key] = makers[key](self.desk, self.host)
            self.frame.pages.addWidget(self.pages[key])
        return self.pages[key]

    def _show(self, key: str) -> None:
        if self.desk.staff is None:
            return
        now_shown = self.shown()
        if now_shown and now_shown != key and (not self._behind or self._behind[-1] != now_shown):
            self._behind.append(now_shown)
        page = self._page(key)
        self.frame.pages.setCurrentWidget(page)
        self.frame.show_room({"intake": "orders", "order": "orders"}.get(key, key))
        self.frame.command_bar.setVisible(key in {"orders", "board"})
        self._keys(page.commands)
        page.activate()

    def shown(self) -> str:
        """Give the key of the page that is shown; empty while nobody is signed in."""
        current = self.frame.pages.currentWidget()
        return next((key for key, page in self.pages.items() if page is current), "")

    def _back(self) -> None:
        target = self._behind.pop() if self._behind else "orders"
        leaving = self.shown()
        self._show(target)
        if self._behind and self._behind[-1] == leaving:
            self._behind.pop()

    def _open_order(self, order_id: UUID) -> None:
        before = self.pages.pop("order", None)
        page = OrderPage(self.desk, self.host, order_id)
        self.frame.pages.addWidget(page)
        shown = self.shown() or ("order" if before is self.frame.pages.currentWidget() else "")
        self.pages["order"] = page
        if shown and shown != "order" and (not self._behind or self._behind[-1] != shown):
            self._behind.append(shown)
        self.frame.pages.setCurrentWidget(page)
        if before is not None:
            self.frame.pages.removeWidget(before)
            before.deleteLater()
        self.frame.show_room("orders")
        self.frame.command_bar.setVisible(False)
        self._keys(page.commands)
        page.activate()

    def _pay(self, order_id: UUID) -> None:
        self.desk.read(
            self, lambda page: PaymentDialog(self.desk, self.host, page).present(), pages.order_page, order_id
        )

    # keys and scans

    def _keys(self, commands: tuple[Command, ...]) -> None:
        for action in self._actions:
            self.frame.removeAction(action)
            action.deleteLater()
        self._actions = []
        everywhere = self._everywhere() if self.desk.staff is not None else ()
        taken = {key for command in commands for key in command.key.split(", ")}
        free = [
            replace(command, key=", ".join(key for key in command.key.split(", ") if key not in taken))
            for command in everywhere
        ]
        self._offered = (*commands, *(command for command in free if command.key))
        for command in self._offered:
            action = QAction(_(command.text), self.frame)
            action.setShortcuts([QKeySequence(key) for key in command.key.split(", ") if key])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(lambda _on=False, command=command: self._run(command))
            self.frame.addAction(action)
            self._actions.append(action)

    def _run(self, command: Command) -> None:
        if not self._dialog_open() and command.enabled():
            command.run()

    def _dialog_open(self) -> bool:
        return any(dialog.isVisible() for dialog in self._dialogs())

    def _dialogs(self) -> list[Overlay]:
        return [child for child in self.host.window.children() if isinstance(child, Overlay)]

    def _everywhere(self) -> tuple[Command, ...]:
        return (
            Command("keys", N_("All keys"), "F1", "keyboard", self._all_keys),
            Command("order.new", N_("New order"), "F2, Ctrl+N", "plus", self.host.open_intake, self._may_take_in),
            Command("search", N_("Search or scan"), "F3, Ctrl+K", "search", self._search),
            Command("refresh", N_("Refresh"), "F5", "refresh", self._refresh),
            Command("claim", N_("Claim next"), "F9", "hand", self._claim, lambda: self.desk.may(Right.CLAIM)),
            Command("lock", N_("Lock, change user"), "F12", "lock", self._lock),
            Command("full", N_("Full screen"), "F11", "monitor", self._full_screen),
            Command("back", N_("Back"), "Alt+Left, Esc", "arr-l", self._back),
            *(
                Command(f"go.{room.key}", room.label, room.shortcut, room.icon, partial(self._show, room.key))
                for room in ROOMS
            ),
        )

    def _may_take_in(self) -> bool:
        return self.desk.may(Right.TAKE_IN)

    def _search(self) -> None:
        if self.shown() not in {"orders", "board"}:
            self._show("orders")
        self.frame.search.setFocus()
        self.frame.search.selectAll()

    def _searched(self, text: str) -> None:
        if self.shown() != "orders":
            self._show("orders")
            self.frame.search.setFocus()
        self._page("orders").search(text)

    def _claim(self) -> None:
        def done(claimed: Done) -> None:
            self.host.toast(_("You claimed {number}.").format(number=claimed.number), "hand")
            self.host.open_order(claimed.id)

        self.desk.write(self, done, orders.claim, orders.Claim())

    def _lock(self) -> None:
        shown = self.shown()
        if shown:
            self._behind.append(shown)
        self.lock()

    def _all_keys(self) -> None:
        KeysDialog(self.host, self._offered).present()

    def _full_screen(self) -> None:
        self.frame.setWindowState(self.frame.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _refresh(self) -> None:
        self.desk.resend()
        self.desk.changed.emit(frozenset())

    def scanned(self, code: str) -> None:
        """Bring a scanned code to where it makes sense; say so if nobody knows it."""
        if self.desk.staff is None or self._dialog_open():
            return
        number = order_number(code)
        current = self.pages.get(self.shown())
        if number is None and current is not None and current.scan(code):
            return
        if number is None:
            self.frame.search.setText(code)
            self._searched(code)
            return

        def found(order_id: UUID) -> None:
            self.host.open_order(order_id)

        self.desk.read(self, found, pages.order_id_of, number)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress) and self.desk.staff is not None:
            self._idle.start()
        return super().eventFilter(watched, event)

    # the world

    def _connect(self) -> None:
        frame, desk, host = self.frame, self.desk, self.host
        self.sign_in.tried.connect(self._try_pin)
        frame.room_chosen.connect(self._show)
        frame.person.clicked.connect(self._lock)
        frame.new_order.clicked.connect(host.open_intake)
        frame.claim.clicked.connect(self._claim)
        frame.retry.clicked.connect(self._refresh)
        frame.search.textEdited.connect(self._searched)
        frame.search.left.connect(lambda: self._page("orders").activate())
        frame.closing.connect(self.close)
        host.order_wanted.connect(self._open_order)
        host.intake_wanted.connect(lambda: self._show("intake"))
        host.payment_wanted.connect(self._pay)
        host.page_wanted.connect(self._show)
        host.view_wanted.connect(self._show_view)
        host.back_wanted.connect(self._back)
        host.search_wanted.connect(self._type_into_search)
        host.print_wanted.connect(self._print)
        host.toast_wanted.connect(self._toast)
        host.hints_wanted.connect(frame.hints)
        desk.refused.connect(lambda refusal: frame.toasts.say(refusal.sentence, "warning"))
        desk.crashed.connect(self._crashed)
        desk.lost.connect(self._lost)
        desk.back.connect(self._found_again)
        desk.waiting.connect(self._waiting)
        self.watch.changed.connect(desk.changed)
        self.watch.lost.connect(self._lost)
        self.watch.changed.connect(lambda _keys: self._found_again())
        crash.catch(self._crashed)

    def _show_view(self, view: str) -> None:
        self._show("orders")
        self._page("orders").show_view(view)

    def _type_into_search(self, text: str) -> None:
        self.frame.search.setFocus()
        self.frame.search.setText(text)
        self._searched(text)

    def _toast(self, text: str, icon: str, action: str, run: Callable[[], None] | None) -> None:
        self.frame.toasts.say(text, icon, action, run)

    def _print(self, order_id: UUID, document: str, copies: int) -> None:
        def done(path: Path | None) -> None:
            if path is not None:
                self.host.toast(
                    _("No printer is chosen for this paper. Kept as {file}.").format(file=path.name),
                    "printer",
                )
            if self.desk.may(Right.PRINT):
                self.desk.write(self, lambda _done: None, orders.printed, orders.Printed(order_id, document, copies))

        self.desk.do(self, done, print_paper, self.desk.database, order_id, document, copies, self.preferences)

    def _lost(self, error: Unavailable) -> None:
        moment = f"{now().astimezone():%H:%M}"
        if self.frame.banner.isHidden():
            self._since = moment
        self.frame.banner.say(
            _("No connection to the shop since {time}.").format(time=self._since),
            _("{reason} Keep working: what you type stays, and is sent when the connection is back.").format(
                reason=error.sentence
            ),
        )
        self.frame.connection(_("No connection"), lost=True)

    def _found_again(self) -> None:
        if self.frame.banner.isVisible():
            self.frame.banner.hide()
            self.frame.connection(_("Connected"), lost=False)
            self.host.toast(_("Back online."), "cloud")

    def _waiting(self, count: int) -> None:
        if count:
            self.frame.connection(_("No connection · {count} to send").format(count=count), lost=True)

    def _crashed(self, error: Exception) -> None:
        crash.log(error)
        self.frame.toasts.say(
            _("Something unexpected happened. It was written down; you can go on working."), "warning"
        )

    def _prefer(self, preferences: Preferences) -> None:
        self.preferences = preferences
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply(app, preferences.theme)
        self._printers()

    def _printers(self) -> None:
        chosen = self.preferences.receipt_printer and self.preferences.label_printer
        self.frame.printers.setText(_("Receipts and labels: ready") if chosen else _("Papers go to PDF files"))

    def close(self) -> None:
        """Let go of the shop."""
        self._idle.stop()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.removeEventFilter(self._scanner)
            app.removeEventFilter(self)
        self.watch.stop()
        self.desk.close()
