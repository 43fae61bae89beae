"""The code that unlocks the device: masked while typed, sealed when saved, wiped at hand-over."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.screens.intake.form import NO_CODE, Form
from ticketdesk.desktop.screens.intake.section import Section
from ticketdesk.desktop.widgets.basics import wrapped
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.fields import Field, TextInput
from ticketdesk.desktop.widgets.pattern import Pattern
from ticketdesk.texts import _


class UnlockSection(Section):
    """PIN, password, pattern, or no code."""

    def __init__(self) -> None:
        super().__init__(_("Unlock co&de"))
        self.kind = Segmented(
            _("Unlock code"),
            (
                ("pin", _("PIN")),
                ("password", _("Password")),
                ("pattern", _("Pattern")),
                (NO_CODE, _("No code")),
            ),
            "pin",
        )
        self.code = TextInput(icon="key", name=_("Unlock code"))
        self.code.setEchoMode(QLineEdit.EchoMode.Password)
        self.pattern = Pattern()
        self.code.setMaximumWidth(px(220))
        self.fields["unlock_kind"] = Field("", self.code)
        self._note = wrapped("", "small", "muted")
        beside = QVBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self.kind)
        beside.addWidget(self.fields["unlock_kind"])
        beside.addWidget(self._note)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self.pattern, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(beside, 1)
        self.body.addLayout(across)
        self.title.setBuddy(self.kind)
        self.kind.changed.connect(self._kind_changed)
        self.code.textEdited.connect(lambda _text: self.changed.emit())
        self.pattern.changed.connect(self._pattern_drawn)
        self._show()

    def values(self) -> dict[str, Any]:
        kind = self.kind.value()
        typed = {"pattern": self.pattern.value(), NO_CODE: ""}.get(kind, self.code.text())
        return {"unlock_kind": kind, "unlock_code": typed}

    def show_form(self, form: Form) -> None:
        self.kind.choose(form.unlock_kind)
        self.pattern.choose(form.unlock_code if form.unlock_kind == "pattern" else "")
        self.code.setText("" if form.unlock_kind == "pattern" else form.unlock_code)
        self._show()

    def _kind_changed(self, _kind: str) -> None:
        self._show()
        self.changed.emit()

    def _pattern_drawn(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        kind, drawn = self.kind.value(), self.pattern.value()
        self.pattern.setVisible(kind == "pattern")
        self.fields["unlock_kind"].setVisible(kind in {"pin", "password"})
        self._note.setVisible(kind != NO_CODE)
        if kind == "pattern" and not drawn:
            self._note.setText(_("Draw it, or type its digits 1 to 9."))
        elif kind == "pattern":
            self._note.setText(
                _("Pattern {dots}. Seen by whoever is responsible; wiped at hand-over.").format(dots=drawn)
            )
        else:
            self._note.setText(_("Seen by whoever is responsible and by managers; wiped at hand-over."))
