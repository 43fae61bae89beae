"""How far the writing of a file is; it can be stopped."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import Button, label
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.domain.errors import Refusal
from ticketdesk.exchange.tables import Stopped
from ticketdesk.texts import _, ngettext

Job = Callable[[Callable[[int], bool]], int]
"""Writes a file; is given whom to tell how many rows are written, and whether to go on."""


class WritingDialog(Overlay):
    """Writes a file of so many rows beside the window, then says where it is."""

    _told = Signal(int)

    def __init__(self, desk: Desk, host: Host, path: Path, count: int, job: Job) -> None:
        super().__init__(host.window, _("Export the list"), path.name, width=480)
        self._desk, self._host, self._path, self._count, self._job = desk, host, path, count, job
        self._stop = Event()
        self.said = label("", "body")
        self.progress = QProgressBar()
        self.progress.setRange(0, max(count, 1))
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("Export the list"))
        self.body.addWidget(self.said)
        self.body.addWidget(self.progress)
        leave = Button(_("Stop"), "Esc", size="md")
        leave.clicked.connect(self.dismiss)
        self.footer.addStretch(1)
        self.footer.addWidget(leave)
        self._told.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._show(0)

    def start(self) -> None:
        """Show the dialog, and write."""
        self.present()

        def job() -> int | Refusal | None:
            try:
                return self._job(self._tell)
            except Stopped:
                return None
            except Refusal as refusal:
                return refusal

        self._desk.write_file(self, self._ended, job)

    def dismiss(self) -> None:
        """Stop, and close."""
        self._stop.set()
        super().dismiss()

    def _tell(self, written: int) -> bool:
        if not self._stop.is_set():
            self._told.emit(written)
        return not self._stop.is_set()

    def _show(self, written: int) -> None:
        self.progress.setValue(written)
        self.said.setText(_("{behind} of {count}").format(behind=written, count=self._count))

    def _ended(self, outcome: int | Refusal | None) -> None:
        super().dismiss()
        if isinstance(outcome, Refusal):
            self._host.toast(outcome.sentence, "warning")
        elif outcome is not None:
            text = ngettext(
                "{count} order written into {file}.", "{count} orders written into {file}.", outcome
            ).format(count=outcome, file=self._path.name)
            self._host.toast(text, "download")
