"""Every filter there is, beside the list, which follows each change at once."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ticketdesk.desktop.listing.sides import Side
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.screens.orders import filter_words
from ticketdesk.desktop.screens.orders.shown import Shown
from ticketdesk.desktop.widgets.basics import Button, IconButton, hline, label, row
from ticketdesk.desktop.widgets.choices import Chips
from ticketdesk.desktop.widgets.fields import Dropdown, Field, MoneyInput, TextInput, debounced
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.filters import BETWEEN, FIELD, ME, NOBODY, Filter, Filters, Takes
from ticketdesk.domain.money import format_amount
from ticketdesk.domain.typed import parse, said_day, write
from ticketdesk.services.staff import StaffRow
from ticketdesk.texts import _

_PATIENCE_MS = 300
_WHOLE = ("status", "phase", "responsible", "promised")
_SIDE_BY_SIDE = ("urgency", "billing", "place", "kind", "late", "marked")
_MORE = (
    "bin",
    "device_kind",
    "device",
    "brand",
    "customer",
    "text",
    "balance",
    "total",
    "received",
    "ready",
    "handed_over",
)
_FROM_TO = "from-to"


class _Control(QWidget):
    """What one field is filtered with."""

    narrowed = Signal(str, object)  # field, Filters

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(6))

    def show_filters(self, filters: Filters) -> None:
        """Show what the field is filtered by now."""
        raise NotImplementedError

    def _say(self, filters: Filters) -> None:
        self.narrowed.emit(self.field, filters)


class _Choices(_Control):
    def __init__(self, field: str, options: Sequence[tuple[str, str]]) -> None:
        super().__init__(field)
        self.chips = Chips(_(FIELD[field].label), options)
        self.chips.changed.connect(self._changed)
        self._layout.addWidget(self.chips)
        self.setFocusProxy(self.chips)

    def show_filters(self, filters: Filters) -> None:
        self.chips.choose([value for asked in filters for value in asked.values])

    def _changed(self) -> None:
        values = tuple(self.chips.values())
        self._say((Filter(self.field, values),) if values else ())


class _Days(_Control):
    """A period to choose, or two days to write, as in the search field: 24.11, fri, azi."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.today = date.min
        periods = [(value, _(text)) for value, text in filter_words.PERIODS]
        self.period = Dropdown(_(FIELD[field].label), [("", _("any day")), *periods, (_FROM_TO, _("from … to …"))])
        self.since, self.until = TextInput(_("from: 24.11")), TextInput(_("to: fri"))
        self.since.setAccessibleName(_("{field}, from").format(field=_(FIELD[field].label)))
        self.until.setAccessibleName(_("{field}, to").format(field=_(FIELD[field].label)))
        self._both = QWidget()
        self._both.setLayout(row(self.since, self.until))
        self._layout.addWidget(self.period)
        self._layout.addWidget(self._both)
        self.period.activated.connect(self._chosen)
        self._typing = debounced(self, _PATIENCE_MS)
        self._typing.timeout.connect(self._written)
        for end in (self.since, self.until):
            end.textEdited.connect(lambda _text: self._typing.start())
        self.setFocusProxy(self.period)

    def show_filters(self, filters: Filters) -> None:
        asked = filters[0] if len(filters) == 1 else None
        known = asked is not None and asked.how == "=" and self.period.findData(asked.values[0]) > 0
        if asked is not None and known:
            self.period.choose(asked.values[0])
        elif filters:
            self.period.choose(_FROM_TO)
            if asked is not None and asked.how == BETWEEN and not (self.since.hasFocus() or self.until.hasFocus()):
                for end, value in zip((self.since, self.until), asked.values, strict=True):
                    end.setText(filter_words.day(value))
        elif not (self.since.hasFocus() or self.until.hasFocus() or self.period.hasFocus()):
            self.period.choose("")
        self._both.setVisible(self.period.currentData() == _FROM_TO)

    def _chosen(self) -> None:
        value = self.period.currentData()
        self._both.setVisible(value == _FROM_TO)
        if value == _FROM_TO:
            self.since.setFocus()
            self._written()
        else:
            self._say((Filter(self.field, (value,)),) if value else ())

    def _written(self) -> None:
        ends = []
        for end in (self.since, self.until):
            found = said_day(end.text(), self.today) if end.text().strip() else ""
            end.show_state("error" if found is None else "")
            ends.append(found or "")
        self._say((Filter(self.field, tuple(ends), BETWEEN),) if any(ends) else ())


class _Amount(_Control):
    def __init__(self, field: str) -> None:
        super().__init__(field)
        name = _(FIELD[field].label)
        self.least, self.most = MoneyInput(), MoneyInput()
        for end, text, spoken in ((self.least, _("from"), _("{field}, from")), (self.most, _("to"), _("{field}, to"))):
            end.setPlaceholderText(text)
            end.setAccessibleName(spoken.format(field=name))
        self._layout.addLayout(row(self.least, self.most))
        self._typing = debounced(self, _PATIENCE_MS)
        self._typing.timeout.connect(self._written)
        for end in (self.least, self.most):
            end.textEdited.connect(lambda _text: self._typing.start())
        self.setFocusProxy(self.least)

    def show_filters(self, filters: Filters) -> None:
        if self.least.hasFocus() or self.most.hasFocus():
            return
        asked = filters[0] if filters else Filter(self.field, ("", ""), BETWEEN)
        ends = {BETWEEN: asked.values, ">": (*asked.values, ""), "<": ("", *asked.values)}.get(
            asked.how, asked.values * 2
        )
        for end, value in zip((self.least, self.most), ends, strict=True):
            end.setText(format_amount(int(value)) if value else "")

    def _written(self) -> None:
        ends = []
        for end in (self.least, self.most):
            try:
                found = end.amount()
            except Refusal:
                found = None
            end.show_state("error" if found is None and end.text().strip() else "")
            ends.append("" if found is None else str(found))
        self._say((Filter(self.field, tuple(ends), BETWEEN),) if any(ends) else ())


class _Words(_Control):
    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.input = TextInput(name=_(FIELD[field].label))
        self._layout.addWidget(self.input)
        self._typing = debounced(self, _PATIENCE_MS)
        self._typing.timeout.connect(self._written)
        self.input.textEdited.connect(lambda _text: self._typing.start())
        self.setFocusProxy(self.input)

    def show_filters(self, filters: Filters) -> None:
        if not self.input.hasFocus():
            values = [value for asked in filters for value in asked.values]
            self.input.setText(write(filters) if self.field == "text" else " ".join(values))

    def _written(self) -> None:
        typed = self.input.text().strip()
        if self.field == "text":
            self._say(tuple(asked for asked in parse(typed, date.min) if asked.field == "text"))
        else:
            self._say((Filter(self.field, (typed,)),) if typed else ())


class _Scrolled(QScrollArea):
    """As high inside as the fields are at this width; Qt would take what they need with one chip a line."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = inside
        self.setWidget(inside)
        inside.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.viewport().width()
        self._inside.resize(width, self._inside.heightForWidth(width))


class FilterPane(Side):
    """All filters; ``narrowed`` says what a field is filtered by from now on."""

    narrowed = Signal(str, object)  # field, Filters
    cleared = Signal()
    keep_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Filters"))
        self.controls = {key: _control(key) for key in (*_WHOLE, *_SIDE_BY_SIDE, *_MORE)}
        for control in self.controls.values():
            control.narrowed.connect(self.narrowed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head())
        layout.addWidget(hline())
        layout.addWidget(self._fields(), 1)
        layout.addWidget(hline())
        layout.addLayout(self._footer())
        self.hide()

    def show_filters(self, shown: Shown, today: date) -> None:
        """Show what the list is filtered by."""
        for key, control in self.controls.items():
            if isinstance(control, _Days):
                control.today = today
            control.show_filters(shown.of(key))
        self._clear.setEnabled(bool(shown.filters if shown.view.id else shown.added) or shown.changed)

    def offer_people(self, people: Sequence[StaffRow]) -> None:
        """Offer colleagues to choose from."""
        control = self.controls["responsible"]
        if isinstance(control, _Choices):
            fixed = [(ME, filter_words.person(ME, {})), (NOBODY, filter_words.person(NOBODY, {}))]
            control.chips.offer([*fixed, *((str(person.id), person.name) for person in people)])

    def enter(self, field: str = "status") -> None:
        """Put the focus on a field."""
        control = self.controls.get(field, self.controls["status"])
        first = next(
            (child for child in control.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus), control
        )
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _head(self) -> QVBoxLayout:
        close = IconButton("x", _("Close the filters"), "Esc")
        close.clicked.connect(self.left)
        head = QVBoxLayout()
        head.addLayout(row(label(_("Filters"), "field", 600), None, close, margins=(px(16), px(6), px(8), px(6))))
        return head

    def _fields(self) -> QScrollArea:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(px(16), px(12), px(16), px(16))
        layout.setSpacing(px(14))
        for key in _WHOLE:
            layout.addWidget(Field(_(FIELD[key].label), self.controls[key]))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(8))
        for place, key in enumerate(_SIDE_BY_SIDE):
            grid.addWidget(label(_(FIELD[key].label), "small", tone="second"), place, 0)
            grid.addWidget(self.controls[key], place, 1)
        grid.setColumnStretch(1, 1)
        layout.addLayout(grid)
        for key in _MORE:
            layout.addWidget(Field(_(FIELD[key].label), self.controls[key]))
        layout.addStretch(1)
        inside.setProperty("kind", "clear")
        return _Scrolled(inside)

    def _footer(self) -> QVBoxLayout:
        self._clear = Button(_("Clear the filters"), kind="quiet", size="md")
        self._clear.clicked.connect(self.cleared)
        keep = Button(_("Save…"), icon="plus", size="md")
        keep.clicked.connect(self.keep_wanted)
        foot = QVBoxLayout()
        foot.addLayout(row(self._clear, None, keep, margins=(px(16), px(10), px(16), px(10))))
        return foot


def _control(key: str) -> _Control:
    field = FIELD[key]
    if field.takes is Takes.DAYS:
        return _Days(key)
    if field.takes is Takes.AMOUNT:
        return _Amount(key)
    if field.takes is Takes.WORDS:
        return _Words(key)
    return _Choices(key, [(value, _(text)) for value, text in field.choices])
