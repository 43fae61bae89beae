"""What the search field understands, said below it while it waits for the first letter; then only what it does not."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ticketdesk.desktop.look.theme import px, theme
from ticketdesk.desktop.widgets.basics import announce, frame, label, wrapped
from ticketdesk.texts import N_, _

WAYS = (
    (N_("10482"), N_("order number; a phone or a serial, whole or in part")),
    (N_("pop ana screen"), N_("name, device, complaint, diagnosis: any words, in any order")),
    (N_('"broken screen"'), N_("these words side by side")),
    (N_("@ana  @me  @-"), N_("who is responsible; nobody")),
    (N_("#ready  #parts"), N_("status")),
    (N_("=today  >24.11  <friday"), N_("due on, after, before")),
    (N_("bin:A3"), N_("what stands in this bin")),
    (N_("!urgent  !late  !warranty  !unpaid"), N_("also: !paid, !mine, !free, !onsite, !internal, !open, !closed")),
)


class SearchHints(QWidget):
    """A quiet sheet under a field that has the focus: all ways to search while it is empty, else one doubt, if any."""

    def __init__(self, field: QLineEdit, window: QWidget) -> None:
        super().__init__(window)
        self._field, self._window = field, window
        self._doubted = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        field.installEventFilter(self)
        field.textChanged.connect(lambda _text: self._see())
        theme().changed.connect(self._see)
        self.hide()

    def doubt(self, text: str) -> None:
        """Say which of the words typed is not known; nothing for an empty text."""
        new = bool(text) and text != self._doubted
        self._doubted = text
        if new:
            announce(self._field, text)
        self._see()

    def doubted(self) -> str:
        """Give what is said of the words typed."""
        return self._doubted

    def _write(self) -> None:
        """Write what can be typed: not before it is shown, when it is known which language the shop speaks."""
        sheet = frame("dialog")
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(sheet)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(px(16), px(12), px(16), px(12))
        self._ways, self._doubt = QWidget(), wrapped("", "small", "second")
        inside.addWidget(self._doubt)
        inside.addWidget(self._ways)
        listed = QVBoxLayout(self._ways)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(px(8))
        listed.addWidget(label(_("Words narrow the list; all of these combine"), "small", 600, "second"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(20))
        grid.setVerticalSpacing(px(5))
        for place, (example, meaning) in enumerate(WAYS):
            grid.addWidget(label(_(example), "body", 500), place, 0)
            grid.addWidget(label(_(meaning), "small", tone="second"), place, 1)
        grid.setColumnStretch(1, 1)
        listed.addLayout(grid)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.Resize):
            self._see(focused=event.type() not in (QEvent.Type.FocusOut, QEvent.Type.Hide) and self._field.hasFocus())
        return super().eventFilter(watched, event)

    def _see(self, *, focused: bool | None = None) -> None:
        wanted = self._field.hasFocus() if focused is None else focused
        empty = not self._field.text()
        if not wanted or not (empty or self._doubted):
            self.hide()
            return
        if self.layout() is None:
            self._write()
        self._ways.setVisible(empty)
        self._doubt.setText(self._doubted)
        self._doubt.setVisible(not empty)
        self._doubt.setFixedWidth(self._field.width() - px(32))
        self.adjustSize()
        self.resize(max(self.width(), self._field.width()), self.height())
        self.move(self._field.mapTo(self._window, QPoint(0, self._field.height() + px(6))))
        self.show()
        self.raise_()
