"""Somebody who types into the intake page until the program is killed.

``python intake_typist.py SHOP STATION SECRET STAFF LOG PHOTO``. The log gets a line for each letter of the complaint: when
it was typed, on the clock that all processes share.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.intake.page import IntakePage
from ticketdesk.desktop.work import Work
from ticketdesk.domain.keys import UUID
from ticketdesk.services import settings, staff
from ticketdesk.storage.database import Database
from ticketdesk.storage.station import Station

COMPLAINT = "the screen stays dark after it fell into the water of the lake and was dried for two days "


def main(shop_file: str, station_file: str, secret: str, staff_id: str, log: str, photo: str) -> None:
    """Type the customer and the device, take a photo, and then type an endless complaint."""
    app = QApplication([])
    database = Database(shop_file)
    with database.read() as session:
        facts, shop_id = settings.shop(session), settings.shop_id(session)
        person = staff.one(session, UUID(staff_id))
    desk = Desk(database, Station(Path(station_file), bytes.fromhex(secret)), "T1", shop_id, facts, Work())
    desk.sign(person)
    window = QWidget()
    page = IntakePage(desk, Host(window))
    page.setParent(window)
    window.resize(1368, 840)
    page.resize(1368, 840)
    window.show()
    QTest.keyClicks(page.customer.phone, "0722000418")
    QTest.keyClicks(page.customer.name, "Stefan Ungureanu")
    QTest.keyClicks(page.device.model, "iPhone 13")
    page.condition.photos.read([Path(photo)])
    letters = iter(COMPLAINT * 1000)
    typed = Path(log).open("a", encoding="ascii", buffering=1)  # noqa: SIM115 - until the program is killed

    def type_on() -> None:
        if page.condition.photos.keys():  # the photo is taken in the background
            QTest.keyClicks(page.problem.text, next(letters))
            typed.write(f"{time.monotonic()}\n")

    typing = QTimer(interval=15)
    typing.timeout.connect(type_on)
    typing.start()
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
