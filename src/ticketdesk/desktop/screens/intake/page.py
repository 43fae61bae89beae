"""New order (F2): one page from the first digit of the phone number to the printed receipt."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ticketdesk.desktop import dates
from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.host import Host, Wanted
from ticketdesk.desktop.look.theme import logical
from ticketdesk.desktop.screens.intake.condition import AccessoriesSection, ConditionSection
from ticketdesk.desktop.screens.intake.customer import CustomerSection
from ticketdesk.desktop.screens.intake.device import DeviceSection
from ticketdesk.desktop.screens.intake.drafts import Drafts
from ticketdesk.desktop.screens.intake.footer import Footer
from ticketdesk.desktop.screens.intake.form import Form, missing, order, wrong
from ticketdesk.desktop.screens.intake.head import Head
from ticketdesk.desktop.screens.intake.layout import SMALL, TALL, Columns, shape_for
from ticketdesk.desktop.screens.intake.preview import Preview, PreviewDialog
from ticketdesk.desktop.screens.intake.price import PriceSection
from ticketdesk.desktop.screens.intake.problem import ProblemSection
from ticketdesk.desktop.screens.intake.section import Section
from ticketdesk.desktop.screens.intake.terms import TermsSection
from ticketdesk.desktop.screens.intake.unlock import UnlockSection
from ticketdesk.desktop.widgets.basics import hline
from ticketdesk.desktop.widgets.focus import focused
from ticketdesk.domain.codes import bin_name, luhn_valid, ours
from ticketdesk.domain.devices import is_imei
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import Billing
from ticketdesk.services import counter, customers, devices, intake
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.counter import Visitor
from ticketdesk.services.devices import DeviceRow
from ticketdesk.services.doors import Done
from ticketdesk.texts import N_, _

_SAME_FIELD = {"customer": "name", "device": "model", "deposit_method": "deposit", "assignee_id": "assignee"}
_SHORTEST_SERIAL = 5


class IntakePage(QWidget):
    """The whole intake. What is typed is kept at every change; saving it twice makes one order."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk, self._host = desk, host
        self._saving = False
        self.customer, self.device = CustomerSection(desk), DeviceSection(desk, host)
        self.problem, self.unlock = ProblemSection(), UnlockSection()
        self.condition, self.accessories = ConditionSection(desk), AccessoriesSection()
        self.terms, self.price = TermsSection(desk), PriceSection(desk)
        self.sections: dict[str, Section] = {
            "customer": self.customer,
            "device": self.device,
            "problem": self.problem,
            "unlock": self.unlock,
            "condition": self.condition,
            "accessories": self.accessories,
            "terms": self.terms,
            "price": self.price,
        }
        self.columns = Columns(self.sections)
        self.head, self.footer = Head(), Footer()
        self.preview = Preview(desk)
        self._customer_language = ""
        self._lay_out()
        self._blank = self._form = Form()
        self._connect()
        self._offered: set[UUID] = set()
        self.drafts = Drafts(desk, self._worth_keeping, self)
        self._clear()
        self.drafts.recall(self._offer_draft)
        self.drafts.look_aside(self._left_over)
        self.commands = self._commands()

    # what the window asks

    def activate(self) -> None:
        """Be ready for the next customer, or where the last one was left."""
        if self._form.is_like(self._blank):
            self._clear()
            self.customer.phone.setFocus()
        self._host.hints(
            (
                ("Tab", _("next field")),
                ("Ctrl+↓", _("next section")),
                (_("Alt+letter"), _("go to a field")),
                ("Ctrl+Enter", _("save and print")),
            )
        )

    def scan(self, code: str) -> bool:
        """Take a scanned serial number or IMEI, or a bin; our other codes are the window's business."""
        if (name := bin_name(code)) is not None:
            self.footer.bin.setText(name)
            self._changed()
            return True
        if ours(code):
            return False
        bare = code.strip()
        if is_imei(bare) and luhn_valid(bare):
            self.device.scan(bare)
            return True
        like_a_serial = len(bare) >= _SHORTEST_SERIAL and any(c.isdigit() for c in bare)
        if like_a_serial and not self.device.serial.text().strip():
            self.device.scan(bare)
            return True
        return False

    def _commands(self) -> tuple[Command, ...]:
        return (
            Command(
                "intake.print",
                N_("Save and print"),
                "Ctrl+Return, Ctrl+Enter",
                "printer",
                self.save_and_print,
            ),
            Command("intake.save", N_("Only save"), "Ctrl+S", "check", self.save),
            Command("intake.leave", N_("Leave, keep the draft"), "Esc", "arr-l", self.leave),
            Command("intake.next", N_("Next section"), "Ctrl+Down", "chev-d", lambda: self._section(1)),
            Command("intake.before", N_("Previous section"), "Ctrl+Up", "chev-u", lambda: self._section(-1)),
            Command(
                "intake.warranty",
                N_("Link the warranty"),
                "Ctrl+G",
                "shield",
                self.device.link_warranty,
                lambda: self.device.covered,
            ),
            Command("intake.photo", N_("Add photo"), "Ctrl+I", "camera", self.condition.photos.choose),
            Command("intake.receipt", N_("See the receipt"), "F7", "receipt", self.show_receipt),
            Command("intake.urgent", N_("Urgent on or off"), "Ctrl+U", "bolt", self.price.urgent.toggle),
            Command("intake.due", N_("Due date"), "Ctrl+T", "calendar", self._to(self.terms.promised)),
            Command("intake.person", N_("Responsible person"), "Ctrl+R", "user", self._to(self.terms.responsible)),
        )

    # what people do

    def save(self) -> None:
        """Save, and be ready for the next customer."""
        self._save(lambda done: self._host.toast(_("{number} saved.").format(number=done.number)))

    def save_and_print(self) -> None:
        """Save, print two receipts and the label, and be ready for the next customer."""
        self._save(self._print)

    def leave(self) -> None:
        """Go back; the draft stays."""
        self.drafts.flush()
        self._host.back()

    def empty(self) -> None:
        """Throw away what is typed; the toast brings it back."""
        before = self._form
        self._clear()
        self.drafts.drop()
        self.drafts.forget(before.request)
        self.customer.phone.setFocus()
        self._host.toast(_("The form is empty again."), "undo", _("Undo"), lambda: self._show(before))

    def show_receipt(self) -> None:
        """Show what will be printed, where it is not beside the form anyway."""
        if not self.preview.isVisible():
            PreviewDialog(self._host.window, self._desk, self._form, self._customer_language).present()

    @property
    def begun(self) -> bool:
        """Say whether somebody has begun to fill it in."""
        return not self._form.is_like(self._blank)

    def begin_for(self, customer_id: UUID | None, device_id: UUID | None) -> bool:
        """Begin with a known customer, perhaps a known device; not while something is half written."""
        if self.begun:
            return False
        if customer_id is not None:
            self._desk.read(self, self.customer.take, customers.one, customer_id)
        if device_id is not None:
            self._desk.read(self, self._take_device, devices.one, device_id, self._desk.now())
        return True

    def _take_device(self, device: DeviceRow | None) -> None:
        if device is not None:
            self.device.take(device)

    @property
    def form(self) -> Form:
        """Give what is typed now."""
        return self._form

    # saving

    def _save(self, then: Callable[[Done], None]) -> None:
        if self._saving:
            return
        self._form = self._gathered()
        refusal = wrong(self._form, self._desk.now(), self._desk.shop)
        if refusal is not None:
            self._refused(refusal)
            return
        form, attach = self._form, self.condition.photos.hand_over()
        command = order(form, self._desk.now(), self._desk.shop)
        self.drafts.keep()
        self._set_saving(saving=True)

        def done(answer: Done) -> None:
            attach(answer.id)
            self.drafts.forget(form.request)
            then(answer)
            self._saved(form.request)

        def refused(answer: Refusal) -> None:
            self._not_saved(form, answer)

        write_approved(
            self._desk, self._host, self, done, intake.register, command, refused=refused, request=form.request
        )

    def _print(self, done: Done) -> None:
        papers = (Wanted("intake", 2), Wanted("label"))
        self._host.print_papers(done.id, papers, _("{number} saved.").format(number=done.number))

    def _saved(self, request: UUID) -> None:
        if self._form.request != request:
            return  # it waited for the connection, and the next customer is already here
        self._set_saving(saving=False)
        self.drafts.drop()
        self._clear()
        if self.isVisible():
            self.customer.phone.setFocus()

    def _waits(self, count: int) -> None:
        """Free the page while the connection is lost: the order is kept on this PC and sent by itself."""
        if not count:
            self.drafts.look_aside(self._left_over)
        elif self._saving:
            self._set_saving(saving=False)
            self.drafts.set_aside(self._form)
            self._clear()
            self.customer.phone.setFocus()
            self._host.toast(_("The order is kept here and saved when the connection is back."), "cloud-off")

    def _not_saved(self, form: Form, refusal: Refusal) -> None:
        self._set_saving(saving=False)
        if self._form.request == form.request or self._form.is_like(self._blank):
            if self._form.request != form.request:
                self._show(form)
            self._refused(refusal)
            return
        self._offered.add(form.request)
        self._host.toast(refusal.sentence, "warning", _("Open"), lambda: self._swap(form))

    def _left_over(self, form: Form) -> None:
        """Settle what became of a form that waited for the connection and whose answer nobody heard."""
        if form.request in self._offered or form.request == self._form.request:
            return
        self._offered.add(form.request)

        def came(done: Done | None) -> None:
            if done is not None:
                self.condition.photos.attach_kept(form.photos, done.id)
                self.drafts.forget(form.request)
                return
            sentence = _("An order that waited for the connection was not saved. Look at it and save it again.")
            if self._form.is_like(self._blank):
                self._show(form)
                self.footer.refuse(sentence)
            else:
                self._host.toast(sentence, "warning", _("Open"), lambda: self._swap(form))

        self._desk.read(self, came, counter.answered, form.request)

    def _swap(self, form: Form) -> None:
        before = self._form
        self._show(form)
        self._host.toast(_("The other form is kept."), "undo", _("Back to it"), lambda: self._show(before))

    def _refused(self, refusal: Refusal) -> None:
        name = _SAME_FIELD.get(refusal.field or "", refusal.field or "")
        for section in self.sections.values():
            if name in section.fields:
                section.fields[name].error(refusal.sentence)
                self.columns.ensureWidgetVisible(section.fields[name])
                section.fields[name].control.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if name == "bin":
            self.footer.bin.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(refusal, NeedsApproval):
            self.footer.refuse(_("Not saved: a manager has to approve that it is free of charge."))
        else:
            self.footer.refuse(refusal.sentence)

    def _set_saving(self, *, saving: bool) -> None:
        self._saving = saving
        self.columns.setEnabled(not saving)
        self.footer.show_saving(saving=saving)

    # the form as a whole

    def _gathered(self) -> Form:
        values: dict[str, Any] = {"request": self._form.request, "at": self._form.at, "bin": self.footer.bin.text()}
        for section in self.sections.values():
            values.update(section.values())
        return Form(**values)

    def _changed(self) -> None:
        form = self._gathered()
        if form == self._form:
            return
        begun = self._desk.now() if self._form.is_like(self._blank) else self._form.at
        self._form = replace(form, at=begun)
        self.drafts.changed()
        self._tell()

    def _tell(self) -> None:
        """Bring everything that follows from the form up to date."""
        self.price.show_sums(self._form)
        self.preview.show_form(self._form, self._customer_language)
        self.footer.show_missing(list(missing(self._form).values()))
        begun = ""
        if not self._form.is_like(self._blank):
            now = self._desk.now()
            begun = dates.moment_text(self._form.at or now, now, self._desk.shop.zone)
        self.head.show_draft(begun)

    def _clear(self) -> None:
        self._blank = self.terms.usual()
        self._customer_language = ""
        self.preview.begin()
        self._show(self._blank)

    def _show(self, form: Form) -> None:
        self._form = form
        for section in self.sections.values():
            section.show_form(form)
        self.footer.bin.setText(form.bin)
        self.columns.chain()
        self._form = self._gathered()
        if form is self._blank:
            self._blank = self._form
        else:
            self.drafts.changed()
        self._tell()

    def _worth_keeping(self) -> Form | None:
        return None if self._form.is_like(self._blank) else self._form

    def _offer_draft(self, form: Form) -> None:
        if not self._form.is_like(self._blank):
            self._host.toast(_("There is an older draft."), "note", _("Bring it back"), lambda: self._swap(form))
            return
        self._show(form)

        def answered(done: Done | None) -> None:
            if done is not None and self._form.request == form.request and not self._saving:
                self.drafts.drop()
                self._clear()

        self._desk.read(self, answered, counter.answered, form.request)

    # how sections hang together

    def _connect(self) -> None:
        for section in self.sections.values():
            section.changed.connect(self._changed)
        self.customer.known.connect(self._customer_known)
        self.customer.chosen.connect(self.device.ask_which)
        self.device.chosen.connect(self.problem.text.setFocus)
        self.device.kind_changed.connect(self._kind_changed)
        self.device.warranty.connect(self._warranty_linked)
        self.terms.unlinked.connect(self.device.unlink_warranty)
        self.footer.bin.textEdited.connect(lambda _text: self._changed())
        self.footer.print_wanted.connect(self.save_and_print)
        self.footer.save_wanted.connect(self.save)
        for part in (self.head, self.footer):
            part.leave_wanted.connect(self.leave)
        self.head.empty_wanted.connect(self.empty)
        self.head.receipt_wanted.connect(self.show_receipt)
        self._desk.waiting.connect(self._waits)
        self.condition.photos.refused.connect(lambda sentence: self._host.toast(sentence, "warning"))
        self.condition.photos.watch(self, [s for one in self.sections.values() for s in one.findChildren(QWidget)])

    def _customer_known(self, visitor: Visitor | None) -> None:
        self._customer_language = visitor.row.language if visitor is not None else ""
        self.device.offer(visitor)
        self.preview.show_form(self._form, self._customer_language)

    def _kind_changed(self, kind: str) -> None:
        for section in (self.problem, self.condition, self.accessories):
            section.show_kind(kind)
        self.columns.chain()

    def _warranty_linked(self, order_id: UUID | None) -> None:
        self.terms.bill(Billing.PAID if order_id is None else Billing.WARRANTY)

    def _section(self, step: int) -> None:
        ordered = self.columns.reading_order()
        focus = focused(self)
        place = next((n for n, one in enumerate(ordered) if focus is not None and one.isAncestorOf(focus)), -1)
        target = ordered[(place + step) % len(ordered)]
        target.enter()
        self.columns.ensureWidgetVisible(target)

    @staticmethod
    def _to(widget: QWidget) -> Callable[[], None]:
        return lambda: widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # how it looks

    def _lay_out(self) -> None:
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.columns, 1)
        left.addWidget(hline())
        left.addWidget(self.footer)
        across.addLayout(left, 1)
        across.addWidget(self.preview)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(hline())
        layout.addLayout(across, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ParentChange and self.columns.shape_now:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        window = self.window()
        shape = shape_for(logical(window.width()), logical(window.height()))
        self.columns.arrange(shape)
        self.preview.setVisible(shape == TALL)
        self.head.arrange(receipt=shape != TALL, hint=shape != SMALL)
