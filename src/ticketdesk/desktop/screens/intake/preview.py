"""The receipt and the label as they will be printed, beside the form and up to date with it."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.screens.intake.form import Form
from ticketdesk.desktop.screens.intake.receipt import INTAKE, LABEL, Printed, picture
from ticketdesk.desktop.widgets.basics import label
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.fields import debounced
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.desktop.widgets.paper import PaperView
from ticketdesk.documents.preview import Page
from ticketdesk.domain.rights import Right
from ticketdesk.services import counter, locations
from ticketdesk.texts import _

_QUIET_MS = 150
_PAPER = 320


class Preview(QFrame):
    """What will be printed; rendered in the background once typing rests, and only while it can be seen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "aside")
        self._desk = desk
        self._form = Form()
        self._number, self._location = 1, ""
        self._language = desk.shop.language
        self._question = 0
        self._quiet = debounced(self, _QUIET_MS)
        self._quiet.timeout.connect(self._render)
        self.which = Segmented(_("Paper"), ((INTAKE, _("Receipt ×2")), (LABEL, _("Label"))), INTAKE, size="sm")
        self.which.changed.connect(lambda _which: self._render())
        self.paper = PaperView()
        head = QHBoxLayout()
        head.addWidget(label(_("Will be printed"), "body", 600))
        head.addStretch(1)
        head.addWidget(self.which)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 8, 8)
        layout.setSpacing(10)
        head.setContentsMargins(0, 0, 12, 0)
        layout.addLayout(head)
        layout.addWidget(self.paper, 1)
        self.setFixedWidth(px(_PAPER + 40))

    def begin(self) -> None:
        """Ask where this PC stands, and which number the next order will probably get; another PC may be quicker."""
        self._desk.read(self, self._stand, locations.on_papers, self._desk.name)
        self._desk.read(self, self._expect, counter.next_number)

    def show_form(self, form: Form, customer_language: str) -> None:
        """Show the papers of this form shortly."""
        self._form = form
        self._language = customer_language or self._desk.shop.language
        self._quiet.start()

    def _stand(self, location: str) -> None:
        self._location = location

    def _expect(self, number: int) -> None:
        self._number = number
        self._quiet.start()

    def _render(self) -> None:
        if not self.isVisible() or self._desk.staff is None:
            return
        self._question += 1
        question = self._question
        form = self._form if self._desk.may(Right.SEE_CUSTOMERS) else replace(self._form, phone="")
        printed = Printed(form, self._number, self._desk.staff.name, self._language, self._desk.now(), self._location)

        def ready(rendered: list[Page]) -> None:
            if question == self._question:
                self.paper.show_pages(rendered[:1])

        width = self.paper.dots(px(_PAPER))
        self._desk.do(self, ready, picture, self.which.value(), printed, self._desk.shop, width)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._quiet.start()


class PreviewDialog(Overlay):
    """The preview over the page, where there is no room for it beside the form."""

    def __init__(self, window: QWidget, desk: Desk, form: Form, customer_language: str) -> None:
        super().__init__(window, _("Will be printed"), width=px(_PAPER + 90))
        self.preview = Preview(desk)
        self.preview.setProperty("kind", "plain")
        self.preview.setMinimumHeight(window.height() - px(180))
        self.body.addWidget(self.preview, 1, Qt.AlignmentFlag.AlignHCenter)
        self.preview.begin()
        self.preview.show_form(form, customer_language)
