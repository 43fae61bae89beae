"""How far a change of many orders is, and at its end which orders were refused, and why."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QProgressBar

from ticketdesk.desktop.bulk import Bulk, Outcome
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, label
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.texts import _, ngettext


def so_already(outcome: Outcome) -> list[str]:
    """Say how many orders needed nothing; no sentence if there are none."""
    count = len(outcome.already)
    said = ngettext("{count} order was so already.", "{count} orders were so already.", count)
    return [said.format(count=count)] if count else []


class BulkDialog(Overlay):
    """Watches a change of many orders; closes by itself if nothing was refused. ``ended`` gets the outcome."""

    def __init__(self, host: Host, title: str, bulk: Bulk, ended: Callable[[Outcome], None]) -> None:
        super().__init__(host.window, title, width=560)
        self._host, self._bulk, self._ended = host, bulk, ended
        self._outcome: Outcome | None = None
        self.progress = QProgressBar()
        self.progress.setRange(0, bulk.count)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(title)
        self.said = label("", "body")
        self.refused = QListWidget()
        self.refused.setProperty("kind", "popup")
        self.refused.setWordWrap(True)
        self.refused.setAccessibleName(_("Refused orders"))
        self.refused.setFixedHeight(px(240))
        self.refused.itemActivated.connect(self._open)
        self.refused.hide()
        for part in (self.said, self.progress, self.refused):
            self.body.addWidget(part)
        self.copy = Button(_("Copy the list"), kind="quiet", size="md")
        self.copy.clicked.connect(self._copy)
        self.copy.hide()
        self.leave = Button(_("Stop"), "Esc", size="md")
        self.leave.clicked.connect(self.dismiss)
        self.footer.addStretch(1)
        self.footer.addWidget(self.copy)
        self.footer.addWidget(self.leave)
        bulk.setParent(self)
        bulk.progressed.connect(self._progressed)
        bulk.ended.connect(self._show)

    def dismiss(self) -> None:
        """Stop what is still to be done, then close."""
        if self._outcome is None:
            self._bulk.stop()
        else:
            super().dismiss()

    def _progressed(self, behind: int) -> None:
        self.progress.setValue(behind)
        self.said.setText(_("{behind} of {count}").format(behind=behind, count=self._bulk.count))

    def _show(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._ended(outcome)
        if not outcome.refused:
            super().dismiss()
            return
        done, refused = len(outcome.done), len(outcome.refused)
        text = ngettext("{count} order was refused:", "{count} orders were refused:", refused)
        sentences = [*so_already(outcome), text.format(count=refused)]
        if done:
            text = ngettext("{count} order is changed.", "{count} orders are changed.", done)
            sentences.insert(0, text.format(count=done))
        self.said.setText(" ".join(sentences))
        self.progress.hide()
        for number, why in outcome.refused:
            item = QListWidgetItem(f"{number}  {why}")
            item.setData(Qt.ItemDataRole.UserRole, number)
            self.refused.addItem(item)
        self.refused.show()
        self.refused.setCurrentRow(0)
        self.refused.setFocus()
        self.copy.show()
        self.leave.relabel(_("Close"))

    def _open(self, item: QListWidgetItem) -> None:
        super().dismiss()
        self._host.search(str(item.data(Qt.ItemDataRole.UserRole)))

    def _copy(self) -> None:
        lines = [self.refused.item(place).text() for place in range(self.refused.count())]
        QGuiApplication.clipboard().setText("\n".join(lines))
