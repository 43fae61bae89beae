"""All keys that do something here, on one sheet."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout

from ticketdesk.desktop.command import Command, shown_key
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import Button, key_cap, label, row
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.texts import _

_COLUMNS = 2


class KeysDialog(Overlay):
    """The keys of the page shown and those that work everywhere."""

    def __init__(self, host: Host, commands: Sequence[Command]) -> None:
        super().__init__(host.window, _("All keys"), width=760)
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(6)
        shown = [command for command in commands if command.key]
        rows = -(-len(shown) // _COLUMNS)
        for place, command in enumerate(shown):
            caps = [key_cap(shown_key(key)) for key in command.keys]
            line = row(label(_(command.text)), None, *caps)
            grid.addLayout(line, place % rows, place // rows)
        self.body.addLayout(grid)
        close = Button(_("Close"), "Esc", size="md")
        close.clicked.connect(self.dismiss)
        self.footer.addStretch(1)
        self.footer.addWidget(close)
