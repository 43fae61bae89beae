"""The settings all PCs of a shop share, in cards by what they are about."""

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.merge import THEIRS, MergeDialog, retry
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.settings.inputs import Input, inputs
from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.desktop.widgets.panels import Card
from ticketdesk.domain.errors import Conflict, Refusal, Value
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.domain.shop import GROUPS, Shop
from ticketdesk.services import settings
from ticketdesk.services.doors import Done
from ticketdesk.services.merging import Edit
from ticketdesk.texts import _


class ShopSettings(QWidget):
    """A card for each group; what is typed stays while others change other settings."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__()
        self._desk, self._host = desk, host
        self.inputs: dict[str, Input] = {made.name: made for made in inputs()}
        self.cards: dict[str, Card] = {}
        self._seen: dict[str, Value] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        may = desk.may(Right.SETTINGS)
        for group, title in GROUPS.items():
            card = Card(_(title))
            keep = Button(_("Save"), "Ctrl+S", size="sm")
            keep.setAccessibleName(_("Save: {group}").format(group=_(title)))
            keep.setEnabled(may)
            keep.clicked.connect(self.save)
            card.head.addWidget(keep)
            grid = QGridLayout()
            grid.setSpacing(12)
            mine = [made for made in self.inputs.values() if made.group == group]
            for place, made in enumerate(mine):
                made.field.setEnabled(may)
                grid.addWidget(made.field, place // 2, place % 2)
            for side in (0, 1):
                grid.setColumnStretch(side, 1)
            card.body.addLayout(grid)
            layout.addWidget(card)
            self.cards[group] = card
        self._show(desk.shop)
        desk.changed.connect(self.look_again)

    def save(self) -> None:
        """Save what was changed, whichever card it stands in."""
        values: dict[str, Value] = {}
        for name, made in self.inputs.items():
            made.field.hint("")
            try:
                value = made.read()
            except Refusal as refusal:
                made.field.error(refusal.sentence)
                made.field.setFocus()
                return
            if value != self._seen[name]:
                values[name] = value
        self._save(Edit(self._desk.shop_id, {name: self._seen[name] for name in values}, values))

    def look_again(self, keys: frozenset[UUID] = frozenset()) -> None:
        """Show the settings as they are now."""
        if not keys or self._desk.shop_id in keys:
            self._desk.read(self, self._show, settings.shop)

    def _save(self, edit: Edit) -> None:
        def done(_done: Done) -> None:
            self._seen.update(edit.values)
            self.look_again()
            self._host.toast(_("Settings saved."))

        def refused(refusal: Refusal) -> None:
            if isinstance(refusal, Conflict):
                MergeDialog(self._desk, self._host, refusal, lambda choices: settle(refusal, choices)).present()
            elif refusal.field in self.inputs:
                self.inputs[refusal.field].field.error(refusal.sentence)
                self.inputs[refusal.field].field.setFocus()
            else:
                self._host.toast(refusal.sentence, "warning")

        def settle(conflict: Conflict, choices: dict[str, str]) -> None:
            # what the other wrote stays in these: they are as good as not typed in
            self._seen.update({name: edit.values[name] for name, choice in choices.items() if choice == THEIRS})
            self._save(retry(edit, conflict, choices))

        self._desk.write(self, done, settings.edit, edit, refused=refused)

    def _show(self, shop: Shop) -> None:
        """Show the settings, except where something else is being typed."""
        for name, made in self.inputs.items():
            if name not in self._seen or self._untouched(made):
                made.show(getattr(shop, name))
                self._seen[name] = made.read()

    def _untouched(self, made: Input) -> bool:
        try:
            return made.read() == self._seen[made.name]
        except Refusal:
            return False
