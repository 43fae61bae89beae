"""Ask why, before an order is cancelled or given up, money is undone, or an unlock code is shown."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ticketdesk.desktop.forms.reason import ReasonForm
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import label
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.texts import _


class ReasonDialog(Overlay):
    """One line that must not stay empty."""

    def __init__(
        self,
        host: Host,
        title: str,
        warning: str,
        verb: str,
        done: Callable[[str], None],
        keep: str = "",
        kind: str = "danger",
    ) -> None:
        super().__init__(host.window, title, width=520)
        self._done = done
        if warning:
            self.body.addWidget(label(warning, tone="warn"))
        form, page = ReasonForm(), QWidget()
        form.setupUi(page)
        self.reason = form.reason
        self.body.addWidget(page)
        self._go = go_button(verb, self._finish, kind=kind)
        self._go.setEnabled(False)
        self.reason.textChanged.connect(lambda text: self._go.setEnabled(bool(text.strip())))
        self.reason.returnPressed.connect(self._finish)
        leave = leave_button(self, keep or _("Keep the order"))
        self.footer.addStretch(1)
        self.footer.addWidget(leave)
        self.footer.addWidget(self._go)

    def _finish(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self.dismiss()
            self._done(reason)
