"""The day's report as it leaves the screen: on paper, or row by row in a file."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ticketdesk.desktop import picking
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host, file_name
from ticketdesk.desktop.printing import printer_of, put_out
from ticketdesk.domain.errors import Refusal, Unavailable
from ticketdesk.exchange.day_table import write_day
from ticketdesk.services import transfers
from ticketdesk.services.day import Day
from ticketdesk.texts import _, spoken


class Leaving(QObject):
    """Prints and exports a day as it is shown to whoever is signed in."""

    def __init__(self, desk: Desk, host: Host, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._host = desk, host

    def print(self, facts: Day) -> None:
        """Put the report out at the printer of such papers, or as a PDF."""
        shop, language = self._desk.shop, spoken()
        printer = printer_of("day", self._host.preferences)

        def job() -> Unavailable | None:
            # the PDF library is wanted with the first paper
            from ticketdesk.documents.day import day_report  # noqa: PLC0415

            try:
                put_out(day_report(facts, shop, language), _name(facts), printer)
            except Unavailable as trouble:  # the printer's, not the shop's: the connection is not lost
                return trouble
            return None

        def done(trouble: Unavailable | None) -> None:
            if trouble is not None:
                self._host.toast(trouble.sentence, "warning", _("Try again"), lambda: self.print(facts))
            elif printer:
                self._host.toast(_("Day report sent to the printer."), "printer")
            else:
                self._host.toast(_("Day report kept as PDF."), "printer", _("Open folder"), self._host.open_papers)

        self._desk.do(self, done, job)

    def export(self, facts: Day) -> None:
        """Ask where to, and write the report there."""
        try:
            path = picking.choose_target(self._host.window, self._desk.database, _name(facts))
        except Refusal as refusal:
            self._host.toast(refusal.sentence, "warning")
            return
        if path is not None:
            self.export_to(path, facts)

    def export_to(self, path: Path, facts: Day) -> None:
        """Write the report into a file, once it is written down that it leaves the shop."""

        def job() -> Refusal | None:
            try:
                write_day(path, facts)
            except Refusal as refusal:
                return refusal
            return None

        def done(refusal: Refusal | None) -> None:
            if refusal is not None:
                self._host.toast(refusal.sentence, "warning")
            else:
                self._host.toast(_("Day report written into {file}.").format(file=path.name), "download")

        def written_down(_done: Any) -> None:
            self._desk.write_file(self, done, job)

        what = _("Day report {day}").format(day=facts.date.isoformat())
        self._desk.write(self, written_down, transfers.exported, transfers.Exported(what, path.suffix.lower()))


def _name(facts: Day) -> str:
    return file_name(_("Day report"), facts.date.isoformat())
