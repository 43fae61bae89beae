"""Make one customer of two who are the same: field by field, whose value stays."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.dialogs.choosing import MINE, THEIRS, ChoosingDialog, Field, Side, Words
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.sentences import field_name, field_word, value_text
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.errors import Refusal, Value
from ticketdesk.domain.keys import UUID
from ticketdesk.services import joining
from ticketdesk.services.customers import CustomerRow
from ticketdesk.services.doors import Done
from ticketdesk.services.joining import CHOSEN, MergeCustomers, UndoMerge
from ticketdesk.texts import _, ngettext

_RECORD = "record"


class JoinDialog(ChoosingDialog):
    """Both customers side by side. Where only one has a value, it is chosen; the older record stays unless asked.

    ``done`` hears the key of the customer who stayed.
    """

    def __init__(
        self, desk: Desk, host: Host, one: CustomerRow, other: CustomerRow, done: Callable[[UUID], None]
    ) -> None:
        self._desk, self._host, self._pair, self._done = desk, host, (one, other), done
        words = Words(
            _("Merge two customers"),
            _("Choose which values stay. For a day the merge can be taken back."),
            _("Take all from {name}").format(name=other.name),
            _("Leave them apart"),
            _("Merge"),
        )
        sides = tuple(
            Side(row.name, _("{name}, no. {number}").format(name=row.name, number=row.number)) for row in self._pair
        )
        super().__init__(host.window, words, (sides[0], sides[1]), self._asked(), self._chosen)
        self._say_gathered()

    def _asked(self) -> list[Field]:
        one, other = self._pair
        fields = [self._record()]
        for name in CHOSEN:
            mine, theirs = getattr(one, name), getattr(other, name)
            if mine == theirs:
                continue
            chosen = MINE if theirs in ("", None) else THEIRS if mine in ("", None) else ""
            fields.append(
                Field(
                    name, field_name(name, "customer"), field_word(name, "customer"), "",
                    (self._text(name, mine), ""), (self._text(name, theirs), ""), chosen=chosen,
                )
            )  # fmt: skip
        return fields

    def _record(self) -> Field:
        one, other = self._pair
        older = MINE if one.number < other.number else THEIRS
        return Field(
            _RECORD, _("Record that stays"), _("record that stays"), "",
            (_("No. {number}").format(number=one.number), self._facts(one)),
            (_("No. {number}").format(number=other.number), self._facts(other)), chosen=older,
        )  # fmt: skip

    def _facts(self, row: CustomerRow) -> str:
        orders = ngettext("{count} order", "{count} orders", row.orders).format(count=row.orders)
        since = dates.numeric_day(day_of(row.since, self._desk.shop.zone))
        return _("since {day}, {orders}").format(day=since, orders=orders)

    def _text(self, name: str, value: Value) -> str:
        return value_text(name, value, self._desk.shop.zone)

    def _say_gathered(self) -> None:
        one, other = self._pair
        zone = self._desk.shop.zone
        lines = [_("all orders, devices, payments and credit of both")]
        found = joining.gathered(one, other, {})
        lines.extend(
            f"{field_name(name)}: {value_text(name, found[name], zone)}".replace("\n", ", ")
            for name in ("contacts", "tags", "notes")
            if found[name]
        )
        if one.consent != other.consent:
            lines.append(_("consent to be written to: no, because only one of the two gave it"))
        self.strip.say(_("Both keep"), _("orders, devices, other phones and e-mails, tags, notes"), lines)

    def _chosen(self, choices: dict[str, str]) -> None:
        kept, gone = self._pair if choices.pop(_RECORD) == MINE else self._pair[::-1]
        taken = MINE if kept is self._pair[0] else THEIRS
        values: dict[str, Value] = {name: getattr(gone, name) for name, choice in choices.items() if choice != taken}
        command = MergeCustomers(kept.id, kept.version, gone.id, gone.version, values)

        def done(answer: Done) -> None:
            def take_back() -> None:
                undo(self._desk, self._host, host, kept.id, gone.id)

            host.toast(_("{name}: two customers became one.").format(name=kept.name), "customers", _("Undo"), take_back)
            finished(answer.id)

        # the dialog is gone when the answer comes
        host, finished = self._host, self._done
        write_approved(self._desk, host, host, done, joining.merge, command, refused=partial(_told, host))


def undo(desk: Desk, host: Host, owner: QObject, kept: UUID, gone: UUID) -> None:
    """Take a merge back; the history says what could not go back."""

    def done(_done: Done) -> None:
        host.toast(_("Taken back: they are two customers again. The history says what stayed."), "undo")

    write_approved(desk, host, owner, done, joining.undo, UndoMerge(kept, gone), refused=partial(_told, host))


def _told(host: Host, refusal: Refusal) -> None:
    host.toast(refusal.sentence, "warning")
