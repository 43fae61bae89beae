"""Who works here: signing in, locking, and locking by itself when nobody has touched anything for a while."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.frame import Frame
from ticketdesk.desktop.screens.sign_in import SignInPage
from ticketdesk.desktop.widgets.overlay import Sheet, open_dialogs
from ticketdesk.domain.clock import now
from ticketdesk.domain.errors import Refusal, Unavailable
from ticketdesk.domain.rights import Right, Role
from ticketdesk.services import staff, unlocking
from ticketdesk.services.staff import Guesses, StaffRow
from ticketdesk.services.unlocking import Looks
from ticketdesk.texts import _, ngettext


class Signing(QObject):
    """The sign-in page and what it guards. ``entered`` says whether somebody else works here now.

    At ``leaving`` whoever leaves still signs.
    """

    leaving = Signal()
    locked = Signal()
    entered = Signal(bool)

    def __init__(self, frame: Frame, desk: Desk, note: str) -> None:
        super().__init__(frame)
        self._frame, self._desk = frame, desk
        self._last_person: StaffRow | None = None
        self._why = ""
        self._set_aside: list[Sheet] = []
        self.page = SignInPage(desk.shop, note)
        self.page.tried.connect(self._try_pin)
        self.page.leave_wanted.connect(frame.close)
        desk.ousted.connect(self._oust)
        frame.pages.addWidget(self.page)
        self._idle = QTimer(self, interval=desk.shop.lock_minutes * 60_000, singleShot=True)
        self._idle.timeout.connect(self.lock)
        frame.winId()  # makes the native window, which hears every key and click before anybody else
        frame.windowHandle().installEventFilter(self)

    def lock(self) -> None:
        """Hide the shop until somebody signs in; what was being typed stays where it is."""
        if self._desk.staff is not None:
            self._last_person = self._desk.staff
            if (field := QApplication.focusWidget()) is not None:
                field.clearFocus()  # fields that save when they are left do so while somebody still signs
            self.leaving.emit()
        self._desk.sign(None)
        self._set_aside = open_dialogs(self._frame)
        for dialog in self._set_aside:
            dialog.hide()
        self._idle.stop()
        self._frame.dress(signed_in=False)
        self._frame.pages.setCurrentWidget(self.page)
        self._frame.hints(())
        self.locked.emit()
        self._desk.read(self, self._offer, staff.everyone)
        self.page.activate()

    def _oust(self, why: str) -> None:
        self._why = why
        self.lock()

    def _offer(self, people: list[StaffRow]) -> None:
        self.page.offer(people, self._last_person)
        if self._why:
            self.page.refuse(self._why)
            self._why = ""

    def enter(self, person: StaffRow) -> None:
        """Let somebody in, to where they were."""
        before = self._last_person
        # with another role somebody sees other things: nothing that was shown before may stay
        changed = before is None or (before.id, before.role) != (person.id, person.role)
        self._desk.sign(person)
        self._frame.dress(signed_in=True)
        self._frame.person.show_person(person.name)
        self._frame.person.setAccessibleName(_("Signed in: {name}").format(name=person.name))
        self._frame.claim.setVisible(self._desk.may(Right.CLAIM))
        self._frame.new_order.setVisible(self._desk.may(Right.TAKE_IN))
        self._idle.start()
        self.entered.emit(changed)
        for dialog in self._set_aside:
            if changed:
                dialog.dismiss()
            else:
                dialog.present()
        self._set_aside = []

    def _tell(self, guesses: list[Guesses]) -> None:
        for one in guesses:
            sentence = ngettext(
                "{count} wrong PIN was typed for {name} at {station} since you were last here.",
                "{count} wrong PINs were typed for {name} at {station} since you were last here.",
                one.count,
            )
            said = sentence.format(count=one.count, name=one.name, station=one.station)
            self._frame.toasts.say(said, "warning")

    def _tell_of_looks(self, looks: list[Looks]) -> None:
        for one in looks:
            sentence = ngettext(
                "{name} looked at {count} unlock code within an hour since you were last here.",
                "{name} looked at {count} unlock codes within an hour since you were last here.",
                one.count,
            )
            self._frame.toasts.say(sentence.format(name=one.name, count=one.count), "warning")

    def stop(self) -> None:
        """Stop watching the time."""
        self._idle.stop()
        if (native := self._frame.windowHandle()) is not None:  # it may be gone before the shop is
            native.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress) and self._desk.staff is not None:
            self._idle.start()
        return super().eventFilter(watched, event)

    def _try_pin(self, person: StaffRow, pin: str) -> None:
        def job() -> StaffRow | Refusal | Unavailable:
            try:
                return staff.sign_in(self._desk.database, person.id, pin, self._desk.name, now())
            except (Refusal, Unavailable) as no:
                return no

        def done(outcome: StaffRow | Refusal | Unavailable) -> None:
            self.page.pin.setEnabled(True)
            if isinstance(outcome, StaffRow):
                self.enter(outcome)
                if outcome.role is Role.OWNER:
                    self._desk.read(self, self._tell, staff.guesses, outcome.id)
                    self._desk.read(self, self._tell_of_looks, unlocking.many_looks, outcome.id)
            else:
                self.page.refuse(outcome.sentence)

        self._desk.do(self, done, job)
