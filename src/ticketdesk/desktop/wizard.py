"""The first start: a new shop here, a shop on a server, or the demo."""

from collections.abc import Callable
from functools import partial
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ticketdesk import paths
from ticketdesk.desktop.loader import Loader
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, column, frame, icon_label, label, retone, row, wrapped
from ticketdesk.desktop.widgets.drawing import CounterDrawing
from ticketdesk.desktop.widgets.fields import Dropdown, Field, TextInput
from ticketdesk.desktop.widgets.steps import Row, Rows
from ticketdesk.domain.errors import Refusal, Unavailable
from ticketdesk.domain.money import CURRENCIES
from ticketdesk.domain.shop import COUNTRIES, Shop
from ticketdesk.services import opening
from ticketdesk.services.founding import Founded, NewShop
from ticketdesk.texts import _, spoken

State = Literal["empty", "unpaired", "paired"]
"""What there is at an address: nothing yet, a shop whose secrets this PC does not hold, one that it may open."""


class Wizard(QWidget):
    """Three ways to begin, and the form of each."""

    def __init__(self, start: Any, sentence: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self._start = start
        self._loader = Loader()
        self._place = ""
        """Where a new shop is made: on a server, or on this PC for an empty text."""
        self._stack = QStackedWidget()
        self._message = wrapped(sentence, "body", "danger")
        for page in (self._choices(), self._new_shop(), self._server(), self._recovery()):
            self._stack.addWidget(page)
        inside = column(spacing=px(12))
        self._language = self._other_language()
        inside.addWidget(self._language, 0, Qt.AlignmentFlag.AlignRight)
        for part in (CounterDrawing(), label(_("Welcome to TicketDesk"), "page", 600)):
            inside.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        self._again = Button(_("Try again"), kind="primary", icon="refresh", size="md")
        self._again.clicked.connect(self._try_again)
        self._failed = bool(sentence)
        told = row(self._message, self._again, spacing=px(12))
        told.setStretch(0, 1)
        inside.addLayout(told)
        inside.addWidget(self._stack)
        holder = QWidget()
        holder.setObjectName("page")
        across = row(None, spacing=0)
        across.addLayout(inside)
        across.addStretch(1)
        down = QVBoxLayout(holder)
        down.addStretch(1)
        down.addLayout(across)
        down.addStretch(2)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows what has the focus inside
        area.setWidgetResizable(True)
        area.setWidget(holder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self._message.setVisible(bool(sentence))
        self._stack.currentChanged.connect(self._fit)
        self._fit()

    def _other_language(self) -> Button:
        """Offer the other language: before there is a shop, nobody knows who is there."""
        code, name = ("en", "English") if spoken() == "ro" else ("ro", "Română")
        press = Button(name, kind="quiet", size="md")
        press.clicked.connect(partial(self._speak, code))
        return press

    def _speak(self, code: str) -> None:
        self._start.speak(code)
        if self._failed:
            self._try_again()
        else:
            self._start.show_page(Wizard(self._start, ""))

    def _fit(self) -> None:
        """Let the stack be as high as the page it shows, not as the highest; the language changes on the first only."""
        first = self._stack.currentIndex() == 0
        self._language.setVisible(first)  # elsewhere it would take what was typed away
        self._again.setVisible(first and self._failed)
        for place in range(self._stack.count()):
            shown = place == self._stack.currentIndex()
            vertical = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            if (page := self._stack.widget(place)) is not None:
                page.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        self._stack.adjustSize()

    def say(self, sentence: str, tone: str = "danger") -> None:
        """Show what goes on or what went wrong, and how to mend it."""
        retone(self._message, tone)
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))

    def _choices(self) -> QWidget:
        rows = (
            ("monitor", _("A new shop on this computer"),
             _("One PC, nothing to install. It can move to a server later."), _("Choose"), self._here),
            ("link", _("A shop on a server"), _("Several PCs work at once, on PostgreSQL."), _("Choose"),
             partial(self._go, 2)),
            ("key", _("This computer is not paired yet"), _("Enter the recovery code that the owner put away."),
             _("Choose"), partial(self._go, 3)),
            ("eye", _("Look around first"), _("A made-up shop with two thousand orders."), _("Open the demo shop"),
             self._demo),
        )  # fmt: skip
        made = []
        for icon, title, text, verb, run in rows:
            press = Button(verb, size="md")
            press.setAccessibleName(f"{title}: {verb}")
            press.clicked.connect(run)
            made.append(Row(icon_label(icon, "accentText", 20), title, text, press))
        return Rows(made)

    def _here(self) -> None:
        self._place = ""
        self._go(1)

    def _try_again(self) -> None:
        self.say(_("One moment…"), "")
        self.setEnabled(False)  # until the shop, or another wizard, takes its place
        self._start.begin()

    def _demo(self) -> None:
        self.say(_("Making the demo shop…"), "")
        self.setEnabled(False)  # until the shop, or another wizard, takes its place
        self._start.open_demo()

    def _go(self, target: int) -> None:
        self.say("")
        self._stack.setCurrentIndex(target)
        page = self._stack.currentWidget()
        first = page.findChild(TextInput) if page is not None else None
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _new_shop(self) -> QWidget:
        self.name, self.address, self.tax_id = TextInput(), TextInput(), TextInput()
        self.phone, self.owner, self.pin = TextInput(), TextInput(), TextInput()
        self.pin.setEchoMode(TextInput.EchoMode.Password)
        self.country, self.currency, self.language, self.vat = Dropdown(), Dropdown(), Dropdown(), Dropdown()
        for code, text in (("RO", _("Romania")), ("MD", _("Moldova"))):
            self.country.addItem(text, code)
        for code, sign in CURRENCIES.items():
            self.currency.addItem(f"{sign} ({code})", code)
        self.country.activated.connect(self._country_chosen)
        for code, text in (("ro", "Română"), ("en", "English")):
            self.language.addItem(text, code)
        self.language.setCurrentIndex(self.language.findData(spoken()))
        self.vat.addItem(_("VAT payer"), True)
        self.vat.addItem(_("Not a VAT payer"), False)
        self._fields = {
            "name": Field(_("&Shop name"), self.name, required=True),
            "address": Field(_("&Address"), self.address),
            "tax_id": Field(_("&Tax number"), self.tax_id),
            "phone": Field(_("&Phone"), self.phone),
            "country": Field(_("&Country"), self.country),
            "currency": Field(_("C&urrency"), self.currency),
            "language": Field(_("&Language"), self.language),
            "vat": Field(_("&VAT"), self.vat),
            "owner": Field(_("Your name, the &owner's"), self.owner, required=True),
            "pin": Field(_("P&IN, 6 digits or more"), self.pin, required=True),
        }
        return self._form(self._fields, _("Make the shop"), self._found)

    def _server(self) -> QWidget:
        self.url = TextInput("postgresql://user:password@server/shop")
        self._server_fields = {"database": Field(_("&Database address"), self.url, required=True)}
        return self._form(self._server_fields, _("Test and connect"), self._connect)

    def _recovery(self) -> QWidget:
        self.paired_url, self.code = TextInput("postgresql://…"), TextInput("XXXXX-XXXXX-XXXXX-XXXXX-XXXXX")
        self.paired_url.setText(self._start.options.db or self._start.chosen.database)
        self._pair_fields = {
            "database": Field(_("&Database address"), self.paired_url, required=True),
            "recovery_code": Field(_("&Recovery code"), self.code, required=True),
        }
        return self._form(self._pair_fields, _("Pair this computer"), self._pair)

    def _form(self, fields: dict[str, Field], verb: str, run: Callable[[], None]) -> QWidget:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(12))
        across = 2 if len(fields) > 2 else 1
        back = Button(_("Back"), kind="quiet", icon="arr-l", size="md")
        back.clicked.connect(lambda: self._go(0))
        go = Button(verb, kind="primary", size="md")
        go.clicked.connect(run)
        for place, field in enumerate(fields.values()):
            grid.addWidget(field, place // across, place % across)
            if isinstance(field.control, TextInput):
                field.control.returnPressed.connect(go.click)
        return self._card(grid, row(back, None, go))

    @staticmethod
    def _card(*parts: QLayout) -> QWidget:
        card: QFrame = frame("card")
        card.setFixedWidth(px(680))
        inside = column(spacing=px(16), margins=(px(24), px(20), px(24), px(20)))
        for part in parts:
            inside.addLayout(part)
        card.setLayout(inside)
        return card

    def _country_chosen(self, _place: int) -> None:
        self.currency.choose(str(COUNTRIES[self.country.currentData()]["currency"]))

    def _found(self) -> None:
        country = COUNTRIES[self.country.currentData()]
        shop = Shop(
            name=self.name.text().strip(),
            legal_name=self.name.text().strip(),
            address=self.address.text().strip(),
            tax_id=self.tax_id.text().strip(),
            phone=self.phone.text().strip(),
            language=self.language.currentData(),
            currency=self.currency.currentData(),
            region=self.country.currentData(),
            zone=str(country["zone"]),
            vat_payer=self.vat.currentData(),
            shifts=True,
        )
        new = NewShop(shop, self.owner.text(), "", self.pin.text())
        url = self._place or str(paths.data() / "shop.db")

        def job() -> tuple[str, Founded]:
            database, founded = opening.found_shop_at(url, new, self._start.chosen.station)
            database.close()
            return url, founded

        self._work(job, self._founded, self._fields)

    def _founded(self, made: tuple[str, Founded]) -> None:
        url, founded = made
        code = label(founded.recovery_code, "page", 600)
        code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        why = wrapped(
            _("Write down this recovery code and put it away. A second PC needs it, and so do you if this one is lost.")
        )
        go = Button(_("I have written it down"), kind="primary", size="md")
        go.clicked.connect(lambda: self._start.open(url))
        inside = column(why, code, spacing=px(16))
        inside.addStretch(1)
        inside.addLayout(row(None, go))
        page = self._card(inside)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        go.setFocus(Qt.FocusReason.TabFocusReason)

    def _connect(self) -> None:
        url = self.url.text().strip()

        def job() -> State:
            try:
                database = opening.open_shop(url, self._start.chosen.station)
            except opening.NoShop:
                return "empty"
            paired = opening.paired(database)
            database.close()
            return "paired" if paired else "unpaired"

        self._work(job, partial(self._connected, url), self._server_fields)

    def _connected(self, url: str, state: State) -> None:
        if state == "paired":
            self._start.open(url)
        elif state == "unpaired":
            self.paired_url.setText(url)
            self._go(3)
            self.say(_("The shop is there. This computer is not paired with it yet: enter the recovery code."), "")
            self.code.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._place = url
            self._go(1)
            self.say(_("The database is there, and empty. Make the shop in it, or go back."), "")

    def _pair(self) -> None:
        url, code = self.paired_url.text().strip(), self.code.text().strip()

        def job() -> str:
            database = opening.open_shop(url, self._start.chosen.station)
            try:
                opening.pair(database, code)
            finally:
                database.close()
            return url

        self._work(job, self._start.open, self._pair_fields)

    def _work(self, job: Callable[[], Any], done: Callable[[Any], None], fields: dict[str, Field]) -> None:
        for field in fields.values():
            field.hint("")
        self.say(_("One moment…"), "")
        self._stack.setEnabled(False)  # nobody makes a shop twice
        loader = self._loader = Loader()

        def came(outcome: Any) -> None:
            self._stack.setEnabled(True)
            self.say("")
            if isinstance(outcome, Unavailable) and "database" in fields:
                outcome = Refusal(outcome.sentence, "database")
            if isinstance(outcome, Refusal) and outcome.field in fields:
                fields[outcome.field].error(outcome.sentence)
                fields[outcome.field].control.setFocus()
            elif isinstance(outcome, Refusal | Unavailable):
                self.say(outcome.sentence)
            elif isinstance(outcome, Exception):
                raise outcome
            else:
                done(outcome)

        loader.loaded.connect(came)
        loader.load(job)
