"""Where a scanned code goes."""

from PySide6.QtCore import QObject

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.frame import Frame
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.pages import Pages
from ticketdesk.desktop.widgets.overlay import open_dialogs
from ticketdesk.domain.codes import order_number
from ticketdesk.services import pages as order_pages


class Scanning(QObject):
    """Brings scanned codes to where they make sense."""

    def __init__(self, frame: Frame, desk: Desk, host: Host, pages: Pages) -> None:
        super().__init__(frame)
        self._frame, self._desk, self._host, self._pages = frame, desk, host, pages

    def scanned(self, code: str) -> None:
        """Bring a scanned code to where it makes sense; say so if nobody knows it."""
        if self._desk.staff is None or open_dialogs(self._frame):
            return
        number = order_number(code)
        current = self._pages.current()
        if number is not None:
            self._desk.read(self, self._host.open_order, order_pages.order_id_of, number)
        elif current is None or not current.scan(code):
            self._host.search(code)
