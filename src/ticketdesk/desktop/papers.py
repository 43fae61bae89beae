"""Printing as the whole window does it: written down first, then put out, and said in one sentence."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from ticketdesk import paths
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.papers import PapersDialog
from ticketdesk.desktop.host import Host, Slip, Wanted, file_name
from ticketdesk.desktop.printing import make_pdf, printer_of, put_out
from ticketdesk.documents import BY_KEY, render
from ticketdesk.domain.errors import Refusal, Unavailable
from ticketdesk.domain.keys import UUID
from ticketdesk.services import pages, paper
from ticketdesk.services.doors import Done
from ticketdesk.services.pages import OrderPage
from ticketdesk.services.paper import facts_for
from ticketdesk.texts import _, ngettext, spoken


class Papers(QObject):
    """Grants what screens wish to be printed."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__(host)
        self._desk, self._host = desk, host
        host.print_wanted.connect(self.print)
        host.papers_wanted.connect(self.choose)
        host.slip_wanted.connect(self.print_slip)
        host.labels_wanted.connect(self.print_labels)
        host.folder_wanted.connect(self.open_folder)

    def choose(self, order_id: UUID) -> None:
        """Show the papers of an order, to look at, print or keep."""

        def show(page: OrderPage) -> None:
            PapersDialog(self._desk, self._host, page.row).present()

        self._desk.read(self, show, pages.order_page, order_id)

    def open_folder(self) -> None:
        """Open the folder of the papers that were kept; say where it is if nothing here can open it."""
        folder = paths.documents()
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._host.toast(_("The papers are in {folder}.").format(folder=folder), "info")

    def print_slip(self, slip: Slip) -> None:
        """Print a paper about money, or keep it as a file where this PC has no printer for it."""
        reader, printer = self._desk.reader(), printer_of(slip.document, self._host.preferences)

        def job() -> Path | Refusal | Unavailable | None:
            try:
                with reader.read() as session:
                    pdf = slip.make(session)
            except Refusal as refusal:
                return refusal
            try:
                return put_out(pdf, slip.name, printer)
            except Unavailable as trouble:  # the printer's, not the shop's: the connection is not lost
                return trouble

        def ended(outcome: Path | Refusal | Unavailable | None) -> None:
            if isinstance(outcome, Refusal):
                self._host.toast(outcome.sentence, "warning")
            elif isinstance(outcome, Unavailable):
                self._host.toast(outcome.sentence, "warning", _("Try again"), partial(self.print_slip, slip))
            elif outcome is None:
                self._host.toast(slip.said, "printer")
            else:
                self._host.toast(_("{said} Kept as PDF.").format(said=slip.said), "printer",
                                 _("Open folder"), self._host.open_papers)  # fmt: skip

        self._desk.with_printer(self, ended, job)

    def print_labels(self, printed: Sequence[tuple[UUID, int]]) -> None:
        """Print the labels of orders as one paper, or keep them as one file where this PC has no label printer."""
        count = len(printed)

        def make(session: Any) -> bytes:
            return render("labels", [facts_for(session, key, "label", 1, entry) for key, entry in printed], spoken())

        said = ngettext("Printing {count} label.", "Printing {count} labels.", count).format(count=count)
        name = file_name(_("labels"), f"{count}-{datetime.now(UTC):%Y%m%d-%H%M}")
        self.print_slip(Slip(make, name, said, "label"))

    def print(self, order_id: UUID, wanted: Sequence[Wanted], said: str, icon: str) -> None:
        """Print papers, or keep them as files where this PC has no printer for them."""
        placed = [(each, self._printer(each)) for each in wanted]
        sentences = [said] if said else []
        printing = [each for each, printer in placed if printer]
        kept = [each for each, printer in placed if not printer]
        if printing:
            sentences.append(_("Printing: {papers}.").format(papers=_names(printing)))
        if kept:
            sentences.append(_("Kept as PDF: {papers}.").format(papers=_names(kept)))
        text = " ".join(sentences)
        if kept:
            self._host.toast(text, icon, _("Open folder"), self._host.open_papers)
        elif text:
            self._host.toast(text, icon)
        for each, printer in placed:
            self._write_down(order_id, each, printer)

    def _printer(self, wanted: Wanted) -> str:
        return printer_of(wanted.document, self._host.preferences) if wanted.printer is None else wanted.printer

    def _write_down(self, order_id: UUID, wanted: Wanted, printer: str) -> None:
        command = paper.Printed(order_id, wanted.document, wanted.copies)
        self._desk.write(self, partial(self._put_out, wanted, printer), paper.printed, command)

    def _put_out(self, wanted: Wanted, printer: str, done: Done) -> None:
        reader, copies = self._desk.reader(), wanted.copies
        name = file_name(_(BY_KEY[wanted.document].short), done.number)

        def job() -> Path | Unavailable | None:
            pdf = make_pdf(reader, done.id, wanted.document, copies, done.version)
            try:
                return put_out(pdf, name, printer, 1 if BY_KEY[wanted.document].copies_differ else copies)
            except Unavailable as trouble:  # the printer's, not the shop's: the connection is not lost
                return trouble

        def ended(outcome: Path | Unavailable | None) -> None:
            if isinstance(outcome, Unavailable):
                again = partial(self._put_out, wanted, printer, done)
                self._host.toast(outcome.sentence, "warning", _("Try again"), again)

        self._desk.with_printer(self, ended, job)


def _names(wanted: Sequence[Wanted]) -> str:
    names = []
    for each in wanted:
        name = _(BY_KEY[each.document].short)
        names.append(_("{paper} ×{copies}").format(paper=name, copies=each.copies) if each.copies > 1 else name)
    return ", ".join(names)
