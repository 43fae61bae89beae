"""Name a view: a new one, or one that is to be called otherwise."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox

from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.fields import Field, TextInput
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.domain.errors import Refusal
from ticketdesk.texts import _

Failed = Callable[[Refusal], None]


class ViewNameDialog(Overlay):
    """Asks for a name, and whether the view is for everybody; ``save`` gets both, and where to bring a refusal."""

    def __init__(
        self, host: Host, name: str, save: Callable[[str, bool, Callable[[], None], Failed], None], *, may_share: bool
    ) -> None:
        super().__init__(host.window, _("Rename the view") if name else _("Save as view"), width=440)
        self._save = save
        self.name = TextInput()
        self.name.setMaxLength(40)
        self.name.setText(name)
        self.name.selectAll()
        self.field = Field(_("&Name"), self.name, required=True)
        self.body.addWidget(self.field)
        self.share = QCheckBox(_("For &everybody in the shop"))
        self.body.addWidget(self.share)
        self.share.setVisible(may_share and not name)
        keep = go_button(_("Save"), self.save)
        self.name.returnPressed.connect(self.save)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(keep)

    def save(self) -> None:
        """Save under the name typed."""
        self.field.hint("")
        self._save(self.name.text(), self.share.isChecked(), self.dismiss, self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self.field.error(refusal.sentence)
        self.name.setFocus()
