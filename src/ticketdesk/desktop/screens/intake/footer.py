"""The foot of the intake page: what is still missing, the bin the device goes into, and the ways to end."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, announce, icon_label, label, retone
from ticketdesk.desktop.widgets.fields import TextInput
from ticketdesk.domain.bins import LONGEST
from ticketdesk.texts import _


class Footer(QFrame):
    """Completeness at the left; where the device is put, and the buttons, at the right."""

    print_wanted = Signal()
    save_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "footer")
        self.setFixedHeight(px(62))
        self._mark = icon_label("check", "okText")
        self._said = label("", "body", 600)
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bin = TextInput(_("none"))
        self.bin.setMaxLength(2 * LONGEST)
        self.bin.setFixedWidth(px(96))
        into = label(_("&Goes into bin"), "body", tone="second")
        into.setBuddy(self.bin)
        self.leave = Button(_("Leave"), "Esc", "quiet", size="md")
        self.save = Button(_("Only save"), "Ctrl+S", size="md")
        self.print = Button(_("Save and print"), "Ctrl+Enter", "primary", "printer", "md")
        self.leave.clicked.connect(self.leave_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.print.clicked.connect(self.print_wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 0, 20, 0)
        line.setSpacing(10)
        line.addWidget(self._mark)
        line.addWidget(self._said, 1)
        line.addWidget(into)
        line.addWidget(self.bin)
        line.addWidget(self.leave)
        line.addWidget(self.save)
        line.addWidget(self.print)
        self.show_missing([])

    @property
    def said(self) -> str:
        """Give what the line says."""
        return self._said.text()

    def show_missing(self, fields: list[str]) -> None:
        """Say that all is there, or what is not."""
        if fields:
            self._say(_("Still missing: {fields}.").format(fields=", ".join(fields)), "info", "text2", "second")
        else:
            self._say(_("Ready to save"), "check", "okText", "ok")

    def show_saving(self, *, saving: bool) -> None:
        """Let nothing be pressed twice while it is being saved."""
        for part in (self.bin, self.save, self.print):
            part.setEnabled(not saving)

    def refuse(self, sentence: str) -> None:
        """Say why it was not saved, where no field is to blame."""
        self._say(sentence, "warning", "dangerText", "danger")
        announce(self, sentence)

    def _say(self, sentence: str, icon: str, token: str, tone: str) -> None:
        self._mark.show_icon(icon, token)
        self._said.setText(sentence)
        self._said.setToolTip(sentence)
        retone(self._said, tone)
