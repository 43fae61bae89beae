"""Whether the shop's database answers: a word while it takes long, a banner while it does not, and what waits for it."""

from PySide6.QtCore import QObject

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.frame import Frame
from ticketdesk.desktop.host import Host
from ticketdesk.domain.errors import Unavailable
from ticketdesk.texts import _, ngettext


class Connection(QObject):
    """Says it in the window when the connection is lost, and when it is back."""

    def __init__(self, frame: Frame, desk: Desk, host: Host) -> None:
        super().__init__(frame)
        self._frame, self._desk, self._host = frame, desk, host
        self._since, self._waiting = "", 0
        frame.connection(_("Connected"), lost=False)
        desk.lost.connect(self.lose)
        desk.back.connect(self.find)
        desk.waiting.connect(self._wait)
        desk.slow.connect(self._linger)

    def lose(self, _error: Unavailable) -> None:
        """Say that the connection is lost, since when, and that work goes on."""
        if self._frame.banner.isHidden():
            self._since = dates.clock(self._desk.now(), self._desk.shop.zone)
        self._say()

    def find(self) -> None:
        """Say that the connection is back, and what was sent."""
        if self._frame.banner.isHidden():
            return
        sent = self._waiting
        self._waiting = 0
        self._frame.banner.hide()
        self._frame.connection(_("Connected"), lost=False)
        text = _("Back online.")
        if sent:
            text = ngettext("Back online. {count} change sent.", "Back online. {count} changes sent.", sent)
        self._host.toast(text.format(count=sent), "cloud")

    def _linger(self, slow: bool) -> None:  # noqa: FBT001 - the signal says so
        if self._frame.banner.isHidden():
            self._frame.connection(_("Waiting for the shop's database…") if slow else _("Connected"), lost=False)

    def _wait(self, count: int) -> None:
        # nought comes when all was told, just before the connection is called found
        if count:
            self._waiting = count
            if self._frame.banner.isVisible():
                self._say()

    def _say(self) -> None:
        going_on = _("Keep working: what you do is kept here, and goes by itself when the connection is back.")
        state = _("No connection")
        if self._waiting:
            going_on = ngettext(
                "Keep working; {count} change is waiting, and goes by itself when the connection is back.",
                "Keep working; {count} changes are waiting, and go by themselves when the connection is back.",
                self._waiting,
            ).format(count=self._waiting)
            state = _("No connection · {count} to send").format(count=self._waiting)
        self._frame.banner.say(_("No connection to the shop since {time}.").format(time=self._since), going_on)
        self._frame.connection(state, lost=True)
