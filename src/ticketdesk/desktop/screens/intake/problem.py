"""What the customer complains of: free words, helped by the usual phrases of the kind of device."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QTextCursor

from ticketdesk.desktop.screens.intake.form import Form
from ticketdesk.desktop.screens.intake.section import Section
from ticketdesk.desktop.widgets.basics import label
from ticketdesk.desktop.widgets.choices import Chips
from ticketdesk.desktop.widgets.fields import Field, TextArea
from ticketdesk.desktop.widgets.suggest import Hit, Suggestions
from ticketdesk.domain.devices import kind_of
from ticketdesk.domain.search import fold
from ticketdesk.texts import _


class ProblemSection(Section):
    """The complaint, and chips that put a usual phrase into it or take it out."""

    def __init__(self) -> None:
        super().__init__(_("Pr&oblem"))
        self._phrases: list[str] = []
        self.head.addWidget(label(_("usual phrases complete the text"), "small", tone="muted"))
        self.text = TextArea(_("Problem"), height=64)
        self.fields["complaint"] = Field("", self.text)
        self.chips = Chips(_("Usual phrases"))
        self.title.setBuddy(self.text)
        self.body.addWidget(self.fields["complaint"])
        self.body.addWidget(self.chips)
        self.by_phrase = Suggestions(self.text, self._find, eager=True)
        self.by_phrase.picked.connect(self._complete)
        self.text.textChanged.connect(self._edited)
        self.chips.changed.connect(self._chip_pressed)
        self.show_kind("phone")

    def values(self) -> dict[str, Any]:
        return {"complaint": self.text.toPlainText()}

    def show_form(self, form: Form) -> None:
        self.show_kind(form.kind)
        self.text.blockSignals(True)
        self.text.setPlainText(form.complaint)
        self.text.blockSignals(False)
        self._mark_chips()

    def show_kind(self, key: str) -> None:
        """Offer the phrases of a kind of device."""
        self._phrases = [_(phrase) for phrase in kind_of(key).complaints]
        self.chips.offer([(phrase, phrase) for phrase in self._phrases])
        self._mark_chips()

    def _edited(self) -> None:
        self._mark_chips()
        self.by_phrase.typed()
        self.changed.emit()

    def _find(self, _typed: str, answer: Callable[[Sequence[Hit]], None]) -> None:
        part = fold(self._part())
        written = fold(self.text.toPlainText())
        fitting = [
            phrase
            for phrase in self._phrases
            if len(part) >= 2
            and any(word.startswith(part) for word in (fold(phrase), *fold(phrase).split()))
            and fold(phrase) not in written
        ]
        answer([Hit(phrase, "", phrase) for phrase in fitting])

    def _part(self) -> str:
        """Give what was typed since the last comma or line end before the cursor."""
        before = self.text.toPlainText()[: self.text.textCursor().position()]
        return before.replace("\n", ",").rsplit(",", 1)[-1].strip()

    def _complete(self, phrase: str) -> None:
        cursor = self.text.textCursor()
        for _letter in self._part():
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor)
        first = not self.text.toPlainText()[: cursor.selectionStart()].strip()
        cursor.insertText((phrase if first else phrase[:1].lower() + phrase[1:]) + ", ")
        self.text.setTextCursor(cursor)

    def _chip_pressed(self) -> None:
        chosen = set(self.chips.values())
        text = self.text.toPlainText()
        for phrase in self._phrases:
            if phrase in chosen and fold(phrase) not in fold(text):
                text = f"{text.strip().rstrip(',')}, {phrase[:1].lower()}{phrase[1:]}" if text.strip() else phrase
            elif phrase not in chosen and fold(phrase) in fold(text):
                text = _without(text, phrase)
        self.text.setPlainText(text)
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.by_phrase.close_list()

    def _mark_chips(self) -> None:
        written = fold(self.text.toPlainText())
        self.chips.choose([phrase for phrase in self._phrases if fold(phrase) in written])


def _without(text: str, phrase: str) -> str:
    """Take a phrase out of a text; inside a longer remark it stays."""
    parts = [part.strip() for part in text.split(",")]
    left = [part for part in parts if part and fold(part) != fold(phrase)]
    joined = ", ".join(left)
    return joined[:1].upper() + joined[1:]
