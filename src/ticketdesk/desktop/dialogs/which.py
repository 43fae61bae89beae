"""Ask which of several things a code is on: a number of an order may also be the code of a part, or a serial number."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout

from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import Button, label
from ticketdesk.desktop.widgets.elided import Elided
from ticketdesk.desktop.widgets.overlay import Overlay, leave_button
from ticketdesk.services.scans import Kind, Meaning
from ticketdesk.texts import N_, _

_KINDS = {
    Kind.ORDER: ("orders", N_("Order")),
    Kind.BIN: ("stock", N_("Bin")),
    Kind.ITEM: ("bench", N_("Work or part")),
    Kind.DEVICE: ("phone", N_("Device")),
}


class WhichDialog(Overlay):
    """A button for each thing that bears the code, the order first, and beside it which one that is."""

    def __init__(self, host: Host, meaning: Meaning, go: Callable[[Meaning], None]) -> None:
        super().__init__(host.window, _("Which one is meant?"), meaning.code, width=560)
        self._go = go
        self.buttons: list[Button] = []
        self.body.addWidget(label(_("More than one thing bears this code."), tone="second"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for place, each in enumerate(meaning.either):
            button, which = self._button(each), " · ".join(filter(None, (each.title, each.details)))
            button.setAccessibleName(f"{button.label}: {which}")
            grid.addWidget(button, place, 0)
            grid.addWidget(Elided(which), place, 1)
        self.body.addLayout(grid)
        self.first = self.buttons[0]
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))

    def _button(self, meaning: Meaning) -> Button:
        icon, text = _KINDS[meaning.kind]
        button = Button(_(text), icon=icon, size="md")
        button.clicked.connect(partial(self._chosen, meaning))
        self.buttons.append(button)
        return button

    def _chosen(self, meaning: Meaning) -> None:
        self.dismiss()
        self._go(meaning)
