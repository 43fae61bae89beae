"""Write a customer down, or change what is written: who they are, how they are reached, what they agreed to."""

import json
from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.merge import About, save_edit
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.people import DoublesStrip
from ticketdesk.desktop.sentences import LANGUAGES
from ticketdesk.desktop.widgets.basics import clear, column, label, row
from ticketdesk.desktop.widgets.choices import Chips, Segmented, Switch
from ticketdesk.desktop.widgets.fields import Dropdown, Field, PhoneInput, TextArea, TextInput, debounced, point_out
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.desktop.widgets.scrolled import Scrolled
from ticketdesk.domain.contacts import shown_contact
from ticketdesk.domain.errors import Refusal, Value
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.people import shown_phone
from ticketdesk.domain.search import fold
from ticketdesk.services import catalogue, customers, duplicates
from ticketdesk.services.catalogue import ListRow
from ticketdesk.services.customers import CustomerRow, NewCustomer
from ticketdesk.services.doors import Done
from ticketdesk.services.duplicates import Likely
from ticketdesk.services.merging import Edit
from ticketdesk.texts import _

_PERSON, _COMPANY = "person", "company"
_DRAFT = "customer"
_OFFERED_TAGS = 8


class CustomerDialog(Overlay):
    """One customer. What was typed of a new one is kept on this PC until it is saved.

    While a new one is typed, whoever may be the same is named; ``opened`` hears the key of who was meant.
    """

    def __init__(self, desk: Desk, host: Host, customer: CustomerRow | None, *, opened: Callable[[UUID], None]) -> None:
        title = _("New customer") if customer is None else _("Change the customer")
        super().__init__(host.window, title, customer.name if customer else "", width=760)
        self._desk, self._host, self._customer, self._opened = desk, host, customer, opened
        self._request, self._asked = new_key(), 0
        self._make_controls()
        self.fields = {
            "name": Field(_("&Name"), self.name, required=True),
            "phone": Field(_("&Phone"), self.phone),
            "email": Field(_("&E-mail"), self.email),
            "legal_name": Field(_("Company n&ame"), self.legal_name),
            "tax_id": Field(_("&Tax number"), self.tax_id),
            "contacts": Field(_("&More phones and e-mails"), self.contacts),
            "address": Field(_("A&ddress"), self.address),
            "language": Field(_("&Language"), self.language),
            "price_list_id": Field(_("P&rice list"), self.prices),
            "tags": Field(_("Ta&gs"), self._tags_holder()),
            "notes": Field(_("N&otes"), self.notes),
        }
        self._doubles = QVBoxLayout()
        self._doubles.setSpacing(6)
        self._lay_out()
        self._go = go_button(_("Save"), self.save)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(self._go)
        self._show_kind(_COMPANY if customer is not None and customer.company else _PERSON)
        if customer is not None:
            self._show(_values_of(customer, desk.shop.region))
        self._base = self.values()
        self._connect()
        desk.read(self, self._offer_tags, customers.tags_used)
        desk.read(self, self._offer_lists, catalogue.price_lists)
        if customer is None and desk.staff is not None:
            desk.draft(self, self._restore, desk.staff.id, _DRAFT)
        self.first = self.name

    def begin(self, typed: str) -> None:
        """Begin a new customer with what was looked for in vain: a name or a phone."""
        (self.phone if typed[:1].isdigit() or typed.startswith("+") else self.name).setText(typed)
        self._look.start()

    def values(self) -> dict[str, Value]:
        """Give what is typed, in its plain form."""
        company = self.kind.value() == _COMPANY
        return {
            "company": company,
            "name": self.name.text(),
            "legal_name": self.legal_name.text() if company else "",
            "tax_id": self.tax_id.text() if company else "",
            "phone": self.phone.text(),
            "email": self.email.text(),
            "contacts": [line for line in self.contacts.toPlainText().splitlines() if line.strip()],
            "address": self.address.text(),
            "language": str(self.language.currentData()),
            "consent": self.consent.isChecked(),
            "tags": self._chosen_tags(),
            "notes": self.notes.toPlainText(),
            "price_list_id": str(self.prices.currentData() or "") or None,
        }

    def save(self) -> None:
        """Save what was typed, once."""
        for field in self.fields.values():
            field.hint("")
        if self._customer is None:
            self._add()
        else:
            self._edit(self._customer)

    def dismiss(self) -> None:
        if self._customer is None and self._desk.staff is not None:
            typed = self.values()
            kept = json.dumps(typed, ensure_ascii=False) if typed != self._base else None
            self._desk.keep_draft(self._desk.staff.id, _DRAFT, kept)
        super().dismiss()

    # saving

    def _add(self) -> None:
        typed = self.values()
        facts = {name: tuple(value) if isinstance(value, list) else value for name, value in typed.items()}
        prices = typed["price_list_id"]
        new = NewCustomer(**{**facts, "price_list_id": UUID(str(prices)) if prices else None})  # type: ignore[arg-type]
        self._go.setEnabled(False)
        self._desk.write(self, self._saved, customers.add, new, refused=self._refused, request=self._request)

    def _edit(self, customer: CustomerRow) -> None:
        typed = self.values()
        changed = {name: value for name, value in typed.items() if value != self._base[name]}
        if not changed:
            self.dismiss()
            return
        stored = _stored(customer)
        edit = Edit(customer.id, {name: stored[name] for name in changed}, changed)
        about = About("customer", _("Customer {name}").format(name=customer.name), customer.id, customer.version)
        save_edit(
            self._desk, self._host, self, customers.edit, edit, about=about, done=self._saved, refused=self._refused
        )

    def _saved(self, done: Done) -> None:
        fresh = self._customer is None
        self._base = self.values()  # nothing is left to be kept
        self.dismiss()
        if fresh:
            self._host.toast(_("Customer {number} saved.").format(number=done.number))
            self._opened(done.id)

    def _refused(self, refusal: Refusal) -> None:
        self._request = new_key()
        self._go.setEnabled(True)
        if not point_out(refusal, self.fields):
            self._host.toast(refusal.sentence, "warning")

    # who it may be

    def _ask_doubles(self) -> None:
        if self._customer is not None:
            return
        self._asked += 1
        asked, typed = self._asked, self.values()
        new = NewCustomer(
            str(typed["name"]), str(typed["phone"]), str(typed["email"]), tax_id=str(typed["tax_id"]),
            company=bool(typed["company"]),
        )  # fmt: skip

        def answered(found: list[Likely]) -> None:
            if asked == self._asked:
                self._show_doubles(found)

        self._desk.read(self, answered, duplicates.typed, new, self._desk.shop.region)

    def _show_doubles(self, found: list[Likely]) -> None:
        clear(self._doubles)
        for likely in found[:2]:
            strip = DoublesStrip(likely, may_merge=False, may_edit=False, region=self._desk.shop.region)
            strip.compared.connect(self._open)
            self._doubles.addWidget(strip)

    def _open(self, likely: Likely) -> None:
        self.dismiss()
        self._opened(likely.row.id)

    # the form

    def _make_controls(self) -> None:
        region = self._desk.shop.region
        kinds = ((_PERSON, _("Person"), "user"), (_COMPANY, _("Company"), "building"))
        self.kind = Segmented(_("Person or company"), kinds, _PERSON)
        self.name, self.legal_name, self.tax_id = TextInput(), TextInput(), TextInput()
        self.phone, self.email = PhoneInput(region=region), TextInput(icon="mail")
        self.contacts = TextArea(
            _("More phones and e-mails"), _("One on each line; after it you may write whose it is"), 56
        )
        self.address = TextInput()
        self.language = Dropdown(options=[("", _("not said")), *((key, _(name)) for key, name in LANGUAGES.items())])
        self.prices = Dropdown(options=[("", _("the usual prices"))])
        self.consent = Switch(_("May be written to"))
        self.tags, self.new_tags = Chips(_("Tags")), TextInput(_("new ones, separated by commas"))
        self.new_tags.setAccessibleName(_("New tags"))
        self.notes = TextArea(_("Notes"), "", 56)

    def _tags_holder(self) -> QWidget:
        holder = QWidget()
        line = row(spacing=8)
        line.addWidget(self.tags, 3)
        line.addWidget(self.new_tags, 2)
        holder.setLayout(line)
        holder.setFocusProxy(self.new_tags)
        return holder

    def _lay_out(self) -> None:
        consent = column(
            label(_("May be written to"), "small", 400, "second"),
            row(self.consent, label(_("agreed to messages about orders and offers"), tone="second"), None),
            None, spacing=4,
        )  # fmt: skip
        spoken = row(spacing=16)
        spoken.addWidget(self.fields["language"], 1)
        spoken.addWidget(self.fields["price_list_id"], 1)
        spoken.addLayout(consent, 2)
        self.body.setContentsMargins(0, 0, 0, 0)
        form = column(
            row(self.kind, None), self._doubles, self._pair("name", "phone"), self._pair("legal_name", "tax_id"),
            self._pair("email", "address"), spoken, self._pair("contacts", "notes"), self.fields["tags"],
            spacing=12, margins=(24, 16, 24, 16),
        )  # fmt: skip
        self.body.addWidget(Scrolled(form), 1)

    def _pair(self, left: str, right: str) -> QHBoxLayout:
        both = row(spacing=16)
        both.addWidget(self.fields[left], 1)
        both.addWidget(self.fields[right], 1)
        return both

    def _connect(self) -> None:
        self._look = debounced(self, 200)
        self._look.timeout.connect(self._ask_doubles)
        self.kind.changed.connect(self._show_kind)
        for typed in (self.name, self.phone, self.email, self.tax_id):
            typed.textEdited.connect(lambda _text: self._look.start())

    def _show_kind(self, kind: str) -> None:
        self.kind.choose(kind)
        for name in ("legal_name", "tax_id"):
            self.fields[name].setVisible(kind == _COMPANY)

    def _show(self, values: Mapping[str, Value]) -> None:
        self._show_kind(_COMPANY if values["company"] else _PERSON)
        for name, control in (
            ("name", self.name), ("legal_name", self.legal_name), ("tax_id", self.tax_id), ("phone", self.phone),
            ("email", self.email), ("address", self.address),
        ):  # fmt: skip
            control.setText(str(values[name]))
            control.setCursorPosition(0)
        contacts, tags = values["contacts"], values["tags"]
        self.contacts.setPlainText("\n".join(contacts) if isinstance(contacts, list) else "")
        self.notes.setPlainText(str(values["notes"]))
        language = str(values["language"])
        if language and self.language.findData(language) < 0:
            self.language.addItem(language, language)
        self.language.choose(language)
        _choose(self.prices, str(values["price_list_id"] or ""))
        self.consent.setChecked(bool(values["consent"]))
        chosen = tags if isinstance(tags, list) else []
        self.tags.offer([(tag, tag) for tag in chosen])
        self.tags.choose(chosen)

    def _restore(self, kept: str | None) -> None:
        if kept is None or self.values() != self._base:
            return
        try:
            values = json.loads(kept)
        except ValueError:
            return
        if isinstance(values, dict) and values.keys() == self._base.keys():
            self._show(values)
            self._ask_doubles()

    def _offer_tags(self, used: list[str]) -> None:
        own = self.tags.values()
        offered = list(dict.fromkeys([*own, *used[:_OFFERED_TAGS]]))
        self.tags.offer([(tag, tag) for tag in offered])
        self.tags.choose(own)
        self.tags.setVisible(bool(offered))

    def _offer_lists(self, lists: list[ListRow]) -> None:
        chosen = str(self.prices.currentData() or "")
        while self.prices.count() > 1:
            self.prices.removeItem(1)
        for each in lists:
            if each.active or str(each.id) == chosen:
                self.prices.addItem(each.name, str(each.id))
        self.prices.choose(chosen)
        self.fields["price_list_id"].setVisible(bool(lists))

    def _chosen_tags(self) -> list[str]:
        new = [part.strip() for part in self.new_tags.text().split(",") if part.strip()]
        return list({fold(tag): tag for tag in [*self.tags.values(), *new]}.values())


def _choose(field: Dropdown, value: str) -> None:
    """Choose a value, also one whose name is not known yet."""
    if value and field.findData(value) < 0:
        field.addItem("…", value)
    field.choose(value)


def _stored(customer: CustomerRow) -> dict[str, Value]:
    """Give the values of a customer as they are kept."""
    return {
        "company": customer.company,
        "name": customer.name,
        "legal_name": customer.legal_name,
        "tax_id": customer.tax_id,
        "phone": customer.phone,
        "email": customer.email,
        "contacts": list(customer.contacts),
        "address": customer.address,
        "language": customer.language,
        "consent": customer.consent,
        "tags": list(customer.tags),
        "notes": customer.notes,
        "price_list_id": str(customer.price_list_id) if customer.price_list_id else None,
    }


def _values_of(customer: CustomerRow, region: str) -> dict[str, Value]:
    """Give the values of a customer as they are typed."""
    contacts = [shown_contact(contact, region).replace(" · ", " ") for contact in customer.contacts]
    phone = shown_phone(customer.phone, region) if customer.phone else ""
    return _stored(customer) | {"phone": phone, "contacts": contacts}
