"""The papers of an order: look at them as they will come out, print them, or keep them as files."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host, Wanted
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.ring import RADIUS
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.printing import picture, printer_of, printers
from ticketdesk.desktop.widgets.basics import Button, column, frame, row
from ticketdesk.desktop.widgets.fields import Field, NumberInput, debounced
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.desktop.widgets.paper import PaperView
from ticketdesk.documents import BY_KEY
from ticketdesk.documents.preview import Page
from ticketdesk.domain.orders import Phase
from ticketdesk.domain.rights import Right
from ticketdesk.services import paper
from ticketdesk.services.lists import OrderRow
from ticketdesk.services.paper import PaperRow
from ticketdesk.texts import _

_NOTE, _KEY = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_WIDTHS = {"label": 360, "intake": 340, "receipt": 340}
_WIDEST = 500
_MOST_COPIES = 20
_REST_MS = 60
_FIRST: dict[str, tuple[str, ...]] = {Phase.READY: ("receipt",), Phase.DONE: ("warranty", "receipt")}
"""What is looked for first, by the phase of the order; the intake receipt otherwise."""
_USUAL_COPIES = {"intake": 2}


class PapersDialog(Overlay):
    """A list of papers, what the chosen one looks like, and where it goes."""

    def __init__(self, desk: Desk, host: Host, order: OrderRow) -> None:
        super().__init__(host.window, _("Papers"), f"{order.number} · {order.device_title}", width=920)
        self._desk, self._host, self._order = desk, host, order
        self._asked = 0
        self.list = QListWidget()
        self.list.setProperty(RADIUS, 6)
        self.list.setAccessibleName(_("Papers of the order"))
        self.list.setItemDelegate(_Rows(self.list))
        self.list.currentItemChanged.connect(self._chosen)
        self.list.itemActivated.connect(lambda _item: self.print())
        self.printer = QComboBox()
        self.printer.setProperty("scale", "sm")
        self.printer.addItem(_("PDF file"), "")
        self.copies = NumberInput(_("Copies"), 1, _MOST_COPIES)
        self.copies.setProperty("scale", "sm")
        self.view = PaperView()
        self._rest = debounced(self, _REST_MS)
        self._rest.timeout.connect(self._render)
        self.copies.valueChanged.connect(self._rest.start)
        self._build()
        desk.with_printer(self, self._offer_printers, printers)
        desk.read(self, self._show, paper.papers, order.id)
        self.first = self.list

    def chosen(self) -> str:
        """Give the key of the paper that is looked at; empty before any is."""
        item = self.list.currentItem()
        return str(item.data(_KEY)) if item is not None else ""

    def print(self) -> None:
        """Print the chosen paper where it goes."""
        self._put_out(self.printer.currentData())

    def keep(self) -> None:
        """Keep the chosen paper as a PDF file."""
        self._put_out("")

    def _put_out(self, printer: str) -> None:
        if self.chosen() and self._desk.may(Right.PRINT):
            self.dismiss()
            self._host.print_papers(self._order.id, [Wanted(self.chosen(), self.copies.value(), printer)])

    def _build(self) -> None:
        side = column(self.list, spacing=12)
        side.setStretch(0, 1)
        printer, copies = Field(_("&Printer"), self.printer), Field(_("&Copies"), self.copies)
        self.copies.setFixedWidth(px(84))
        side.addLayout(row(printer, copies, spacing=12))
        self.list.setFixedWidth(px(300))
        under = frame("aside")
        under.setLayout(column(self.view, margins=(px(16), px(16), px(6), px(16))))
        across = row(spacing=16)
        across.addLayout(side)
        across.addWidget(under, 1)
        self.body.addLayout(across)
        under.setMinimumHeight(min(self._host.window.height() - px(210), px(600)))
        allowed = self._desk.may(Right.PRINT)
        self._keep = Button(_("Keep as PDF"), "Ctrl+S", size="md", icon="download")
        self._keep.setShortcut("Ctrl+S")
        self._keep.clicked.connect(self.keep)
        self._go = go_button(_("Print"), self.print, icon="printer")
        for button in (self._keep, self._go):
            button.setEnabled(allowed)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self, _("Close")))
        self.footer.addWidget(self._keep)
        self.footer.addWidget(self._go)

    def _show(self, rows: list[PaperRow]) -> None:
        usable = [row.document for row in rows if not row.why_not]
        wanted = next((key for key in _FIRST.get(self._order.phase, ()) if key in usable), "")
        for found in rows:
            item = QListWidgetItem(_(BY_KEY[found.document].label))
            note = found.why_not or self._last(found)
            item.setData(_NOTE, note)
            item.setData(_KEY, found.document)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}. {note}")
            item.setToolTip(note)
            if found.why_not:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
            if found.document == wanted or (not found.why_not and self.list.currentItem() is None):
                self.list.setCurrentItem(item)

    def _last(self, found: PaperRow) -> str:
        if found.printed_at is None:
            return _("not printed yet")
        moment = dates.moment_text(found.printed_at, self._desk.now(), self._desk.shop.zone)
        return _("printed {moment}, {name}").format(moment=moment, name=found.printed_by)

    def _offer_printers(self, names: list[str]) -> None:
        for name in names:
            self.printer.addItem(name, name)
        self._point_at_printer()

    def _point_at_printer(self) -> None:
        usual = printer_of(self.chosen(), self._host.preferences)
        self.printer.setCurrentIndex(max(self.printer.findData(usual), 0))

    def _chosen(self) -> None:
        self.copies.setValue(_USUAL_COPIES.get(self.chosen(), 1))
        self._point_at_printer()
        self._rest.start()

    def _render(self) -> None:
        document = self.chosen()
        if not document:
            return
        self._asked += 1
        question = self._asked

        def ready(rendered: list[Page]) -> None:
            if question == self._asked:
                self.view.show_pages(rendered)

        width = self.view.dots(px(_WIDTHS.get(document, _WIDEST)))
        copies = self.copies.value() if BY_KEY[document].copies_differ else 1
        self._desk.do(self, ready, picture, self._desk.reader(), self._order.id, document, copies, width)


class _Rows(QStyledItemDelegate):
    """Paints a paper's name over what is to be known of it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), px(52))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        usable = bool(state & QStyle.StateFlag.State_Enabled)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, colour("selected"))
            painter.fillRect(area.x(), area.y(), px(3), area.height(), colour("selBar"))
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, colour("borderSubtle"))
        inside = area.adjusted(px(14), px(8), -px(10), -px(8))
        name = QRect(inside.x(), inside.y(), inside.width(), px(18))
        note = QRect(inside.x(), inside.y() + px(18), inside.width(), px(18))
        paint.text(painter, name, str(index.data()), "text" if usable else "textDisabled", "body", 500)
        paint.text(painter, note, str(index.data(_NOTE)), "text3", "small")
