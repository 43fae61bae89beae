"""One order whole: its steps, facts, work, money, tasks, photos and history."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QScrollArea, QVBoxLayout, QWidget

from ticketdesk.desktop import dates, nextstep
from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.due import DueDialog
from ticketdesk.desktop.dialogs.line import LineDialog
from ticketdesk.desktop.dialogs.merge import BOTH, THEIRS, MergeDialog
from ticketdesk.desktop.dialogs.reason import ReasonDialog
from ticketdesk.desktop.dialogs.refund import RefundDialog
from ticketdesk.desktop.dialogs.task import TaskDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.order import cards
from ticketdesk.desktop.screens.order.photos import Photos
from ticketdesk.desktop.screens.order.stepper import Stepper
from ticketdesk.desktop.screens.order.timeline import Timeline
from ticketdesk.desktop.widgets.basics import (
    Button,
    IconButton,
    clear,
    column,
    frame,
    hline,
    icon_label,
    label,
    row,
    tag,
)
from ticketdesk.desktop.widgets.fields import TextArea
from ticketdesk.desktop.widgets.split import SplitButton
from ticketdesk.documents import DOCUMENTS
from ticketdesk.domain.devices import kind_of
from ticketdesk.domain.errors import Conflict, Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import MOVES, STATUS, Facts, needs_reason, obstacles
from ticketdesk.domain.rights import Right
from ticketdesk.services import catalogue, lines, notes, orders, pages, staff, unlocking
from ticketdesk.services.catalogue import ItemRow
from ticketdesk.services.doors import Done
from ticketdesk.services.merging import Edit, Value
from ticketdesk.services.pages import LineRow, PaymentRow, TaskRow
from ticketdesk.services.staff import StaffRow
from ticketdesk.texts import N_, _

_CODE_SHOWN_MS = 20_000


class OrderPage(QWidget):
    """Everything about one order, kept up to date without losing what is being typed."""

    def __init__(self, desk: Desk, host: Host, order_id: UUID) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self._desk, self._host, self._id = desk, host, order_id
        self.page: pages.OrderPage | None = None
        self._diagnosis_base = ""
        self._head, self._cards = QHBoxLayout(), QVBoxLayout()
        self._cards.setSpacing(12)
        self.step = SplitButton("", "F8", "primary", "check", "md")
        self.step.clicked.connect(self.next_step)
        self.step.menu_wanted.connect(self._other_steps)
        self.pay = Button(_("Take payment"), "F4", icon="cash", size="md")
        self.pay.clicked.connect(self._pay)
        self._photos = Photos(desk, host, order_id, self)
        self._stepper, self.timeline = Stepper(), Timeline(desk.shop.zone)
        self.timeline.posted.connect(self._post)
        self.diagnosis = TextArea(_("What was found and done"), _("What was found and done; the papers print it."), 58)
        self.diagnosis.installEventFilter(self)
        self.diagnosis.setEnabled(desk.may(Right.EDIT_ORDER))
        self._code = QLabel("●●●●●●")
        self._build()
        self.commands = self._commands()
        desk.changed.connect(self._changed)

    def activate(self) -> None:
        """Ask for the order and show it."""
        self._host.hints(
            (("F8", _("next step")), ("F4", _("take payment")), ("Ctrl+L", _("new line")), ("Ctrl+M", _("comment")),
             ("Alt+←", _("back"))),
        )  # fmt: skip
        self._load()

    def scan(self, code: str) -> bool:
        """Add the work or part of a scanned code; say no to anything else."""

        def found(item: ItemRow | None) -> None:
            if item is not None:
                facts = lines.LineFacts("", item.kind, item.code)
                self._desk.write(self, self._ignore, lines.add, lines.AddLine(self._id, facts))
            else:
                self._host.toast(_("Unknown code: {code}.").format(code=code), "scan")

        self._desk.read(self, found, catalogue.by_code, code)
        return True

    def next_step(self) -> None:
        """Do the one next step of the order."""
        if self.page is not None:
            self.keep_diagnosis()
            nextstep.run(self._desk, self._host, self, self.page.row)

    # building and showing

    def _build(self) -> None:
        top = frame("bar")
        self._head.setContentsMargins(16, 10, 16, 4)
        self._head.setSpacing(10)
        top.setLayout(column(self._head, row(self._stepper, margins=(20, 0, 20, 4)), hline(), spacing=0))
        holder = QWidget()
        holder.setObjectName("page")
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(16, 12, 16, 16)
        inside.setSpacing(12)
        inside.addLayout(self._cards)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(holder)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(area, 1)
        across.addWidget(self.timeline)
        layout = column(top, spacing=0)
        layout.addLayout(across, 1)
        self.setLayout(layout)
        self._notes = frame("card")
        self._notes.setLayout(
            column(
                label(_("Diagnosis"), "small", tone="muted"),
                self.diagnosis,
                spacing=4,
                margins=(16, 10, 16, 12),
            )
        )
        inside.insertWidget(1, self._notes)

    def _load(self) -> None:
        self._desk.read(self, self._show, pages.order_page, self._id)

    def _changed(self, keys: frozenset[UUID]) -> None:
        customer = self.page.customer.id if self.page is not None and self.page.customer else None
        if not keys or self._id in keys or customer in keys:
            self._load()

    def _show(self, page: pages.OrderPage) -> None:
        first = self.page is None
        self.page = page
        typed = self.diagnosis.toPlainText()
        if first or typed == self._diagnosis_base:
            self._diagnosis_base = page.diagnosis
            if typed != page.diagnosis:
                self.diagnosis.setPlainText(page.diagnosis)
        self._show_head(page)
        self._show_steps(page)
        desk = self._desk
        clear(self._cards)
        person = IconButton("user", _("Change who is responsible"), "Ctrl+R")
        person.clicked.connect(self._responsible)
        self._cards.addWidget(cards.facts_card(page, desk, self._code_row(page), self._due, person))
        self._cards.addWidget(cards.intake_card(page))
        self._cards.addWidget(cards.lines_card(page, desk, self._add_line, self._change_line))
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(cards.payments_card(page, desk, self._refund), 1)
        both.addWidget(cards.tasks_card(page, desk, self._add_task, self._tick), 1)
        self._cards.addLayout(both)
        self._cards.addWidget(cards.photos_card(page, desk, self._photos.choose, self._photos.show))
        self.timeline.show_entries(page.history)
        if first:
            self.step.setFocus()

    def _show_head(self, page: pages.OrderPage) -> None:
        for widget in (self.step, self.pay):
            widget.setParent(self)
        clear(self._head)
        row_ = page.row
        back = IconButton("arr-l", _("Back"), "Alt+←")
        back.clicked.connect(self._host.back)
        self._head.addWidget(back)
        self._head.addWidget(label(str(row_.number), "page", 600))
        self._head.addWidget(icon_label(kind_of(row_.device_kind).icon, "text2", 18))
        self._head.addWidget(label(row_.device_title, "title", 600))
        if row_.urgency == "urgent":
            self._head.addWidget(tag(_("Urgent"), "warn", "bolt"))
        warranty = (
            _("Warranty of {number}").format(number=page.warranty_of_number)
            if page.warranty_of_number
            else _("Warranty")
        )
        self._head.addWidget(tag(warranty if row_.billing == "warranty" else _("Paid work")))
        self._head.addWidget(tag(_("On site") if row_.place == "on_site" else _("In the shop")))
        if row_.kind == "internal":
            self._head.addWidget(tag(_("Internal")))
        self._head.addStretch(1)
        printer = IconButton("printer", _("Print"), "Ctrl+P")
        printer.clicked.connect(self._print_menu)
        self.pay.setEnabled(self._desk.may(Right.TAKE_PAYMENT) and row_.phase != "done")
        self._head.addWidget(self.pay)
        self._head.addWidget(printer)
        found = nextstep.step(row_)
        self.step.setVisible(found is not None)
        if found is not None:
            self.step.relabel(_(found.text), found.icon)
        self._head.addWidget(self.step)
        for widget in (self.pay, self.step):
            widget.setVisible(widget is self.pay or found is not None)

    def _show_steps(self, page: pages.OrderPage) -> None:
        zone, now = self._desk.shop.zone, self._desk.now()
        ready = dates.moment_text(page.ready_at, now, zone) if page.ready_at else ""
        home = dates.moment_text(page.handed_over_at, now, zone) if page.handed_over_at else ""
        due = _("due {moment}").format(moment=dates.moment_text(page.row.promised_at, now, zone))
        claimed = dates.moment_text(page.claimed_at, now, zone) if page.claimed_at else ""
        self._stepper.show_status(
            page.row.status, (dates.moment_text(page.row.received_at, now, zone), claimed, ready or due, home)
        )

    def _code_row(self, page: pages.OrderPage) -> QWidget | None:
        if not page.has_unlock_code:
            return None
        names = {"pin": _("PIN"), "password": _("Password"), "pattern": _("Pattern")}
        holder = QWidget()
        self._code = label("●●●●●●", "body", 600)
        eye = IconButton("eye", _("Show the unlock code"))
        eye.clicked.connect(self.reveal)
        eye.setEnabled(self._desk.may(Right.REVEAL_CODE))
        kind = label(_("Code, {kind}:").format(kind=names.get(page.unlock_kind, "")), tone="second")
        holder.setLayout(row(kind, self._code, eye, None, spacing=4))
        return holder

    # what can be done

    def _commands(self) -> tuple[Command, ...]:
        may = self._desk.may
        return (
            Command("order.step", N_("Next step"), "F8", "check", self.next_step),
            Command("order.pay", N_("Take payment"), "F4", "cash", self._pay, lambda: may(Right.TAKE_PAYMENT)),
            Command("order.print", N_("Print"), "Ctrl+P, F7", "printer", self._print_menu),
            Command("order.line", N_("Add a line"), "Ctrl+L", "plus", self._add_line, lambda: may(Right.ADD_LINE)),
            Command("order.task", N_("Add a task"), "Ctrl+J", "task", self._add_task, lambda: may(Right.NOTE)),
            Command("order.comment", N_("Comment"), "Ctrl+M", "note", self.timeline.write),
            Command("order.post", N_("Post the comment"), "Ctrl+Return", "note", self.timeline.post),
            Command(
                "order.photo",
                N_("Add a photo"),
                "Ctrl+I",
                "camera",
                self._photos.choose,
                lambda: may(Right.ATTACH),
            ),
            Command(
                "order.due",
                N_("Promised time"),
                "Ctrl+T",
                "calendar",
                self._due,
                lambda: may(Right.EDIT_ORDER),
            ),
            Command("order.person", N_("Responsible person"), "Ctrl+R", "user", self._responsible),
            Command(
                "order.urgent",
                N_("Urgent on or off"),
                "Ctrl+U",
                "bolt",
                self._urgent,
                lambda: may(Right.EDIT_ORDER),
            ),
            Command("order.save", N_("Save"), "Ctrl+S", "check", self.keep_diagnosis),
            Command(
                "order.paste", N_("Paste a photo"), "Ctrl+V", "camera", self._photos.paste, lambda: may(Right.ATTACH)
            ),
        )

    def _ignore(self, _done: Done) -> None:
        return

    def _pay(self) -> None:
        self._host.open_payment(self._id)

    def _other_steps(self) -> None:
        if self.page is None:
            return
        menu, row_ = QMenu(self), self.page.row
        facts = Facts(
            row_.status, due=row_.balance, assigned=row_.assignee_id is not None, diagnosis=self.page.diagnosis,
            lines=len(self.page.lines), reason="x",
        )  # fmt: skip
        for to in MOVES[row_.status]:
            no = obstacles(facts, to)
            if not self._desk.may(STATUS[to].right):
                no = [_("Your role may not do this.")]
            action = menu.addAction(f"{_(STATUS[to].step)}: {no[0]}" if no else _(STATUS[to].step))
            action.setEnabled(not no)
            action.triggered.connect(partial(self._move_to, to))
        menu.popup(self.step.menu_place())

    def _move_to(self, to: str) -> None:
        if self.page is None:
            return
        row_ = self.page.row
        if needs_reason(to):
            warning = ""
            if self.page.paid > 0:
                warning = _("A deposit was paid: give it back with a refund.")
            verb = _(STATUS[to].step)
            ReasonDialog(
                self._host, f"{verb}: {row_.number}", warning, verb,
                lambda reason: nextstep.move(self._desk, self._host, self, row_, to, reason),
            ).present()  # fmt: skip
        else:
            nextstep.move(self._desk, self._host, self, row_, to)

    def _print_menu(self) -> None:
        menu = QMenu(self)
        for document in DOCUMENTS:
            action = menu.addAction(_(document.label))
            action.triggered.connect(partial(self._host.print_document, self._id, document.key))
        menu.popup(self.mapToGlobal(self.pay.geometry().bottomLeft()))

    def _add_line(self) -> None:
        LineDialog(self._desk, self._host, self._id, None).present()

    def _change_line(self, line: LineRow) -> None:
        LineDialog(self._desk, self._host, self._id, line).present()

    def _refund(self, payment: PaymentRow) -> None:
        RefundDialog(self._desk, self._host, payment).present()

    def _add_task(self) -> None:
        TaskDialog(self._desk, self._host, self._id).present()

    def _tick(self, task: TaskRow, done: bool) -> None:  # noqa: FBT001 - Qt's toggled says so
        self._desk.write(self, self._ignore, notes.tick, notes.TickTask(self._id, task.id, done))

    def _post(self, text: str, to_customer: bool) -> None:  # noqa: FBT001 - the signal says so
        self._desk.write(
            self,
            lambda _done: self.timeline.clear_text(),
            notes.comment,
            notes.AddComment(self._id, text, to_customer),
        )

    def shown_code(self) -> str:
        """Give what stands in place of the unlock code."""
        return self._code.text()

    def reveal(self) -> None:
        """Show the unlock code for a while; that it was looked at is written down first."""

        def accepted(_done: Done) -> None:
            self._desk.read(self, shown, unlocking.shown, self._id)

        def shown(code: str) -> None:
            visible = self._code
            visible.setText(code)
            QTimer.singleShot(_CODE_SHOWN_MS, visible, lambda: visible.setText("●●●●●●"))

        self._desk.write(self, accepted, unlocking.reveal, unlocking.Reveal(self._id))

    def _responsible(self) -> None:
        def offer(people: list[StaffRow]) -> None:
            if self.page is None:
                return
            menu, seen = QMenu(self), self.page.row.assignee_id
            pool = menu.addAction(_("Back into the pool"))
            pool.triggered.connect(partial(self._assign, None, seen))
            for person in people:
                action = menu.addAction(person.name)
                action.setEnabled(person.id != seen)
                action.triggered.connect(partial(self._assign, person.id, seen))
            menu.popup(self.mapToGlobal(self._stepper.geometry().bottomRight() / 2))

        if self._desk.may(Right.ASSIGN):
            self._desk.read(self, offer, staff.everyone)
        elif self._desk.may(Right.CLAIM):
            self._desk.write(self, self._ignore, orders.claim, orders.Claim(self._id))

    def _assign(self, staff_id: UUID | None, seen: UUID | None) -> None:
        self._desk.write(self, self._ignore, orders.assign, orders.Assign(self._id, staff_id, seen))

    # editing, and two people at once

    def _due(self) -> None:
        if self.page is not None:
            before = self.page.row.promised_at
            DueDialog(self._desk, self._host, before, lambda after: self._edit(
                {"promised_at": before.isoformat()}, {"promised_at": after.isoformat()})).present()  # fmt: skip

    def _urgent(self) -> None:
        if self.page is not None:
            before = self.page.row.urgency
            self._edit({"urgency": before}, {"urgency": "normal" if before == "urgent" else "urgent"})

    def keep_diagnosis(self) -> None:
        """Save what was found, if it was changed here."""
        text = self.diagnosis.toPlainText()
        if text.strip() != self._diagnosis_base.strip():
            self._edit({"diagnosis": self._diagnosis_base}, {"diagnosis": text})

    def _edit(self, base: dict[str, Value], values: dict[str, Value]) -> None:
        def done(_done: Done) -> None:
            if "diagnosis" in values:
                self._diagnosis_base = str(values["diagnosis"])

        def refused(refusal: Refusal) -> None:
            if isinstance(refusal, Conflict):
                self._merge(refusal, values)
            else:
                self._host.toast(refusal.sentence, "warning")

        self._desk.write(self, done, orders.edit, Edit(self._id, base, values), refused=refused)

    def _merge(self, conflict: Conflict, values: dict[str, Value]) -> None:
        def chosen(choices: dict[str, str]) -> None:
            base: dict[str, Value] = {}
            merged = dict(values)
            for clash in conflict.clashes:
                base[clash.field] = clash.theirs
                if choices[clash.field] == THEIRS:
                    merged[clash.field] = clash.theirs
                elif choices[clash.field] == BOTH:
                    merged[clash.field] = f"{clash.theirs}\n{clash.mine}"
            if "diagnosis" in merged:
                self._diagnosis_base = str(base.get("diagnosis", ""))
                self.diagnosis.setPlainText(str(merged["diagnosis"]))
            self._edit(base, merged)

        MergeDialog(self._desk, self._host, conflict, chosen).present()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.diagnosis and event.type() == QEvent.Type.FocusOut:
            self.keep_diagnosis()
        return super().eventFilter(watched, event)

    # photos

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self._desk.may(Right.ATTACH):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._photos.take([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
