"""The head of the intake page: where one is, the draft, and the receipt where there is no room for it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, IconButton, icon_label, label
from ticketdesk.texts import _


class Head(QFrame):
    """Back, title, what is kept as a draft, and a word on scanning."""

    leave_wanted = Signal()
    empty_wanted = Signal()
    receipt_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self.setFixedHeight(px(56))
        back = IconButton("arr-l", _("Back"), "Esc")
        back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        back.clicked.connect(self.leave_wanted)
        self._draft = label("", "small", tone="muted")
        self.discard = Button(_("Empty the form"), kind="link", size="sm")
        self.discard.clicked.connect(self.empty_wanted)
        self.see_receipt = Button(_("See the receipt"), "F7", icon="receipt", size="md")
        self.see_receipt.clicked.connect(self.receipt_wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 0, 16, 0)
        line.setSpacing(12)
        line.addWidget(back)
        line.addWidget(label(_("New order"), "title", 600))
        line.addWidget(self._draft)
        line.addWidget(self.discard)
        line.addStretch(1)
        self._scan = icon_label("scan")
        self._hint = label(_("Scan any time: the code finds its field"), "body", tone="second")
        line.addWidget(self._scan)
        line.addWidget(self._hint)
        line.addWidget(self.see_receipt)
        self.show_draft("")

    def arrange(self, *, receipt: bool, hint: bool) -> None:
        """Offer the receipt where it is not beside the form, and the hint where there is room for it."""
        self.see_receipt.setVisible(receipt)
        self._scan.setVisible(hint)
        self._hint.setVisible(hint)

    def show_draft(self, begun: str) -> None:
        """Say since when there is a draft; nothing for an empty form."""
        self._draft.setText(_("Draft kept, begun {moment}").format(moment=begun) if begun else "")
        self.discard.setVisible(bool(begun))
