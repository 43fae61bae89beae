"""Two people changed the same fields: both are shown, the later one chooses, field by field."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.sentences import FIELDS, value_text
from ticketdesk.desktop.widgets.basics import Button, column, frame, icon_label, label, row
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.domain.errors import Clash, Conflict
from ticketdesk.texts import _, ngettext

MINE, THEIRS, BOTH = "mine", "theirs", "both"
_TEXTS = {"complaint", "diagnosis", "address"}


class MergeDialog(Overlay):
    """A row for each field: mine, theirs, or both where both can stand. Nothing is chosen beforehand."""

    def __init__(self, desk: Desk, host: Host, conflict: Conflict, done: Callable[[dict[str, str]], None]) -> None:
        other = conflict.clashes[0].by
        super().__init__(
            host.window,
            _("{name} changed the same order while you were editing").format(name=other),
            width=960,
        )
        self._conflict, self._finished, self._zone = conflict, done, desk.shop.zone
        self._groups: dict[str, QButtonGroup] = {}
        self.body.addWidget(label(_("Nothing is lost: choose what stays in the fields below."), tone="second"))
        if conflict.merged:
            strip = frame("ok")
            names = ", ".join(_(FIELDS.get(field, field)) for field in conflict.merged)
            text = ngettext(
                "{count} change merged by itself",
                "{count} changes merged by themselves",
                len(conflict.merged),
            )
            bold = label(text.format(count=len(conflict.merged)), "body", 600)
            strip.setLayout(row(icon_label("check", "okText"), bold, label(names), None, margins=(16, 10, 16, 10)))
            self.body.addWidget(strip)
        grid = QGridLayout()
        grid.setSpacing(12)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(label(_("Yours"), "body", 600), 0, 1)
        grid.addWidget(label(_("{name}'s").format(name=other), "body", 600), 0, 2)
        for place, clash in enumerate(conflict.clashes):
            self._row(grid, 2 * place + 1, clash)
        self.body.addLayout(grid)
        self._count = label("", tone="second")
        take = Button(_("Take all from {name}").format(name=other), size="md")
        take.clicked.connect(self._take_all)
        edit = Button(_("Back to editing"), "Esc", "quiet", size="md")
        edit.clicked.connect(self.dismiss)
        self.go = Button(_("Save the merge"), "Ctrl+Enter", "primary", size="md")
        self.go.setShortcut("Ctrl+Return")
        self.go.clicked.connect(self._save)
        for widget in (self._count, edit, take, self.go):
            self.footer.addWidget(widget, 1 if widget is self._count else 0)
        self._counted()

    def choices(self) -> dict[str, str]:
        """Give what was chosen so far, by field: ``mine``, ``theirs`` or ``both``."""
        return {
            field: str(button.property("choice"))
            for field, group in self._groups.items()
            if (button := group.checkedButton()) is not None
        }

    def choose(self, field: str, choice: str) -> None:
        """Choose for a field."""
        for button in self._groups[field].buttons():
            if button.property("choice") == choice:
                button.setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        choice = {Qt.Key.Key_Left: MINE, Qt.Key.Key_Right: THEIRS}.get(Qt.Key(event.key()))
        focused = self.window().focusWidget()
        for field, group in self._groups.items():
            if choice and focused in group.buttons():
                self.choose(field, choice)
                return
        super().keyPressEvent(event)

    def _row(self, grid: QGridLayout, at: int, clash: Clash) -> None:
        name = _(FIELDS.get(clash.field, clash.field))
        before = value_text(clash.field, clash.base, self._zone)
        grid.addLayout(
            column(label(name.capitalize(), "body", 600),
                   label(_("before: {value}").format(value=before), "small", tone="muted"), None, spacing=2), at, 0,
        )  # fmt: skip
        group = self._groups[clash.field] = QButtonGroup(self)
        when = dates.clock(datetime.fromisoformat(clash.at), self._zone) if clash.at else ""
        mine = value_text(clash.field, clash.mine, self._zone)
        theirs = value_text(clash.field, clash.theirs, self._zone)
        for place, (choice, text, who) in enumerate(
            ((MINE, mine, _("you, now")), (THEIRS, theirs, f"{clash.by}, {when}")), 1
        ):
            grid.addWidget(self._option(group, choice, name, text, who), at, place)
        if clash.field in _TEXTS:
            grid.addWidget(self._option(group, BOTH, name, _("Keep both, one below the other"), ""), at + 1, 1, 1, 2)
        group.buttonToggled.connect(lambda _button, _on: self._counted())

    def _option(self, group: QButtonGroup, choice: str, name: str, text: str, who: str) -> QRadioButton:
        button = QRadioButton(f"{text}\n{who}" if who else text)
        button.setProperty("choice", choice)
        button.setAccessibleName(f"{name}: {text}, {who}")
        group.addButton(button)
        return button

    def _counted(self) -> None:
        chosen, count = len(self.choices()), len(self._groups)
        self._count.setText(_("{chosen} of {count} chosen").format(chosen=chosen, count=count))
        self.go.setEnabled(chosen == count)

    def _take_all(self) -> None:
        for field in self._groups:
            self.choose(field, THEIRS)
        self._save()

    def _save(self) -> None:
        choices = self.choices()
        self.dismiss()
        self._finished(choices)
