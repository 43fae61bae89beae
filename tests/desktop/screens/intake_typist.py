"""Somebody who types into the intake page until the program is killed.

Prints ``kept N`` whenever the draft on this PC holds N letters of the complaint, and how late they are.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.intake.form import Form
from ticketdesk.desktop.screens.intake.page import IntakePage
from ticketdesk.desktop.work import Work
from ticketdesk.domain.keys import UUID
from ticketdesk.services import settings, staff, wire
from ticketdesk.storage.database import Database
from ticketdesk.storage.station import Station

COMPLAINT = "the screen stays dark after it fell into the water of the lake and was dried for two days "


def main(shop_file: str, station_file: str, secret: str, staff_id: str) -> None:
    """Type the customer, the device and then an endless complaint."""
    app = QApplication([])
    database = Database(shop_file)
    with database.read() as session:
        facts, shop_id = settings.shop(session), settings.shop_id(session)
        person = next(row for row in staff.everyone(session) if row.id == UUID(staff_id))
    station = Station(Path(station_file), bytes.fromhex(secret))
    desk = Desk(database, station, "T1", shop_id, facts, Work())
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
    typed_at: list[float] = []
    kept = [0]

    def type_on() -> None:
        QTest.keyClicks(page.problem.text, COMPLAINT[len(typed_at) % len(COMPLAINT)])
        typed_at.append(time.monotonic())

    def look() -> None:
        content = station.draft(shop_id, person.id, "intake")
        letters = 0 if content is None else len(wire.loads(Form, content).complaint)
        if letters > kept[0]:
            late = time.monotonic() - typed_at[kept[0]]
            kept[0] = letters
            print(f"kept {letters} {late:.3f}", flush=True)  # noqa: T201 - the test listens

    typing, looking = QTimer(interval=15), QTimer(interval=5)
    typing.timeout.connect(type_on)
    looking.timeout.connect(look)
    typing.start()
    looking.start()
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
