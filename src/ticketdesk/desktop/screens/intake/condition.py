"""In which condition the device comes, and what comes with it."""

from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.screens.intake.form import Form
from ticketdesk.desktop.screens.intake.photos import Photos
from ticketdesk.desktop.screens.intake.section import Section
from ticketdesk.desktop.widgets.basics import key_cap, label
from ticketdesk.desktop.widgets.choices import Chips
from ticketdesk.desktop.widgets.condition import Condition
from ticketdesk.desktop.widgets.fields import Field, TextInput
from ticketdesk.domain.devices import kind_of
from ticketdesk.texts import _


class ConditionSection(Section):
    """The checklist of the kind of device, in two columns; what nobody looked at stays empty."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Condition at intake"))
        for key, meaning in (("+", _("good")), ("−", _("defect")), (_("Space"), _("untested"))):
            self.head.addWidget(key_cap(key))
            self.head.addWidget(label(meaning, "small", tone="muted"))
        self.rows: dict[str, Condition] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(0)
        self.body.addLayout(self._grid)
        self.photos = Photos(desk)
        self.photos.changed.connect(self.changed)
        self.body.addWidget(self.photos)
        self.show_kind("phone")

    def values(self) -> dict[str, Any]:
        found = {item: row.value() for item, row in self.rows.items() if row.value()}
        return {"condition": found, "photos": self.photos.keys()}

    def show_form(self, form: Form) -> None:
        self.show_kind(form.kind)
        for item, row in self.rows.items():
            row.choose(form.condition.get(item, ""))
        self.photos.show_keys(form.photos)

    def stops(self) -> list[QWidget]:
        rows = list(self.rows.values())
        return [*rows, *(stop for stop in super().stops() if stop not in rows)]

    def show_kind(self, key: str) -> None:
        """Show the checklist of a kind; what both kinds share keeps its state."""
        items = kind_of(key).checklist
        if items == tuple(self.rows):
            return
        before = {item: row.value() for item, row in self.rows.items()}
        for row in self.rows.values():
            self._grid.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        half = (len(items) + 1) // 2
        for place, item in enumerate(items):
            row = Condition(item)
            row.choose(before.get(item, ""))
            row.changed.connect(self.changed)
            self._grid.addWidget(row, place % half, place // half)
            self.rows[item] = row


class AccessoriesSection(Section):
    """What comes with the device: the usual things of its kind, and anything else in words."""

    def __init__(self) -> None:
        super().__init__(_("Accessories received"))
        self.chips = Chips(_("Accessories received"))
        self.other = TextInput(_("other things, separated by commas"), name=_("Other accessories"))
        self.fields["accessories"] = Field("", self.other)
        self.body.addWidget(self.chips)
        self.body.addWidget(self.fields["accessories"])
        self.chips.changed.connect(self.changed)
        self.other.textEdited.connect(lambda _text: self.changed.emit())
        self.show_kind("phone")

    def values(self) -> dict[str, Any]:
        return {"accessories": self.chips.values(), "other_accessories": self.other.text()}

    def show_form(self, form: Form) -> None:
        self.show_kind(form.kind)
        self.chips.choose(form.accessories)
        self.other.setText(form.other_accessories)

    def show_kind(self, key: str) -> None:
        """Offer what usually comes with a kind of device."""
        self.chips.offer([(item, _(item)) for item in kind_of(key).accessories])
