"""On which terms the device is taken in: who pays, where it is repaired, until when, by whom."""

from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.look import icons
from ticketdesk.desktop.look.theme import colour, font, px, theme
from ticketdesk.desktop.screens.intake import due
from ticketdesk.desktop.screens.intake.form import POOL, Form
from ticketdesk.desktop.screens.intake.section import Section
from ticketdesk.desktop.widgets.basics import label
from ticketdesk.desktop.widgets.choices import Chips, Segmented
from ticketdesk.desktop.widgets.fields import Dropdown, Field, TextInput
from ticketdesk.desktop.widgets.focus import go_on
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.orders import Billing, Kind, Place
from ticketdesk.domain.shop import POOL as SHARED
from ticketdesk.services import staff
from ticketdesk.services.staff import StaffRow
from ticketdesk.texts import _

_MARGINS = 28
"""Left and right of the text in a field."""


class TermsSection(Section):
    """Billing, place, for whom, due date with quick choices, responsible person.

    ``unlinked`` says that the clerk chose by hand that the customer pays.
    """

    unlinked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Terms"))
        self._desk = desk
        self._wanted = ""
        self.billing = Segmented(
            _("Billing"), ((Billing.PAID.value, _("Billed")), (Billing.WARRANTY.value, _("Warranty")))
        )
        self.place = Segmented(
            _("Place"), ((Place.IN_SHOP.value, _("In the shop")), (Place.ON_SITE.value, _("On site")))
        )
        self.kind = Segmented(
            _("For whom"), ((Kind.EXTERNAL.value, _("External")), (Kind.INTERNAL.value, _("Internal")))
        )
        self.address = TextInput(icon="pin")
        self.fields["address"] = Field(_("&Address"), self.address, required=True)
        self.promised = TextInput()
        self.promised.setMinimumWidth(max(px(188), self._widest_moment() + px(_MARGINS)))
        self.fields["promised_at"] = Field(_("Promised b&y"), self.promised, required=True)
        self.quick = Chips(_("Quick choices"))
        self.responsible = Dropdown()
        self.responsible.setSizeAdjustPolicy(Dropdown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.responsible.setMinimumContentsLength(10)
        self.fields["assignee"] = Field(_("&Responsible"), self.responsible)
        self._choices: list[due.Choice] = []
        self._lay_out()
        self.billing.changed.connect(self._billing_changed)
        self.place.changed.connect(self._place_changed)
        self.kind.changed.connect(lambda _value: self.changed.emit())
        self.address.textEdited.connect(lambda _text: self.changed.emit())
        self.promised.textEdited.connect(self._promise_edited)
        self.promised.finished.connect(self._tidy_promise)
        for field in (self.address, self.promised):
            field.returnPressed.connect(lambda field=field: go_on(field))
        self.quick.changed.connect(self._quick_pressed)
        self.responsible.activated.connect(self._responsible_chosen)
        theme().changed.connect(self._paint_people)
        self._people: list[StaffRow] = []
        self._offer_people([])

    def values(self) -> dict[str, Any]:
        return {
            "billing": self.billing.value(),
            "place": self.place.value(),
            "order_kind": self.kind.value(),
            "address": self.address.text(),
            "promised": self.promised.text(),
            "assignee": self._wanted,
        }

    def show_form(self, form: Form) -> None:
        self._choices = due.choices(self._desk.now(), self._desk.shop)
        self.quick.offer([(choice.label, choice.label) for choice in self._choices])
        self.billing.choose(form.billing)
        self.place.choose(form.place)
        self.kind.choose(form.order_kind)
        self.address.setText(form.address)
        self.promised.setText(form.promised)
        self.fields["promised_at"].hint("")
        self.fields["address"].setVisible(form.place == Place.ON_SITE)
        self._wanted = form.assignee
        self._show_responsible()
        self._mark_quick()
        self._desk.read(self, self._offer_people, staff.everyone)

    def usual(self) -> Form:
        """Give the form this shop starts from: a promised time, and the pool or whoever takes it in."""
        moment = due.suggested(self._desk.now(), self._desk.shop)
        me = str(self._desk.staff.id) if self._desk.staff is not None else POOL
        return Form(
            promised=dates.weekday_moment(moment, self._desk.shop.zone),
            assignee=POOL if self._desk.shop.allocation == SHARED else me,
        )

    def bill(self, billing: Billing) -> None:
        """Set who pays, because a warranty was linked or let go."""
        self.billing.choose(billing.value)

    def _billing_changed(self, value: str) -> None:
        if value == Billing.PAID:
            self.unlinked.emit()
        self.changed.emit()

    def _place_changed(self, value: str) -> None:
        self.fields["address"].setVisible(value == Place.ON_SITE)
        self.fields["address"].hint("")
        self.changed.emit()

    def _promise_edited(self) -> None:
        self.fields["promised_at"].hint("")
        self._mark_quick()
        self.changed.emit()

    def _tidy_promise(self) -> None:
        if not self.promised.text().strip():
            return
        try:
            moment = due.parse(self.promised.text(), self._desk.now(), self._desk.shop)
        except Refusal as refusal:
            self.fields["promised_at"].error(refusal.sentence)
            return
        said = dates.weekday_moment(moment, self._desk.shop.zone)
        if said != self.promised.text():
            self.promised.setText(said)
            self._mark_quick()
            self.changed.emit()

    def _quick_pressed(self) -> None:
        marked = self._marked()
        pressed = [value for value in self.quick.values() if value not in marked]
        for choice in self._choices:
            if choice.label in pressed:
                self.promised.setText(dates.weekday_moment(choice.moment, self._desk.shop.zone))
        self.fields["promised_at"].hint("")
        self._mark_quick()
        self.changed.emit()

    def _marked(self) -> list[str]:
        zone, typed = self._desk.shop.zone, self.promised.text()
        return [c.label for c in self._choices if dates.weekday_moment(c.moment, zone) == typed]

    def _mark_quick(self) -> None:
        self.quick.choose(self._marked())

    def _responsible_chosen(self) -> None:
        self._wanted = self.responsible.currentData()
        self.changed.emit()

    def _offer_people(self, people: list[StaffRow]) -> None:
        self._people = people
        self.responsible.clear()
        self.responsible.addItem(_("Common list"), POOL)
        for person in people:
            self.responsible.addItem(person.name, str(person.id))
        self._paint_people()
        self._show_responsible()

    def _show_responsible(self) -> None:
        self.responsible.setCurrentIndex(max(self.responsible.findData(self._wanted or POOL), 0))

    def _paint_people(self) -> None:
        for place in range(self.responsible.count()):
            self.responsible.setItemIcon(place, icons.icon("user" if place else "hand", colour("text2")))

    def _widest_moment(self) -> int:
        week = (datetime(2026, 11, day, 12, tzinfo=UTC) for day in range(16, 23))
        measure = QFontMetrics(font("field")).horizontalAdvance
        return max(measure(dates.weekday_moment(day, self._desk.shop.zone)) for day in week)

    def _lay_out(self) -> None:
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self.billing)
        across.addWidget(self.place)
        across.addStretch(1)
        self.body.addLayout(across)
        self.body.addWidget(self.fields["address"])
        self.fields["address"].hide()
        choices = QVBoxLayout()
        choices.setSpacing(4)
        choices.addWidget(label(_("Quick choices"), "small", tone="second"))
        choices.addWidget(self.quick)
        choices.addStretch(1)
        dated = QHBoxLayout()
        dated.setSpacing(12)
        dated.addWidget(self.fields["promised_at"], 0, Qt.AlignmentFlag.AlignTop)
        dated.addLayout(choices, 1)
        self.body.addLayout(dated)
        whom = QVBoxLayout()
        whom.setSpacing(4)
        whom.addWidget(label(_("For whom"), "small", tone="second"))
        whom.addWidget(self.kind)
        whom.addStretch(1)
        shared = QHBoxLayout()
        shared.setSpacing(12)
        shared.addWidget(self.fields["assignee"], 1, Qt.AlignmentFlag.AlignTop)
        shared.addLayout(whom)
        self.fields["assignee"].setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.fields["promised_at"].setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.body.addLayout(shared)
