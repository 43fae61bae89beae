"""Two people changed the same fields: both are shown, the later one chooses, field by field."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject

from ticketdesk.desktop import dates, sentences
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.dialogs.choosing import (
    BOTH,
    MINE,
    THEIRS,
    ChoosingDialog,
    Field,
    Side,
    Words,
    merged_by_themselves,
)
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.sentences import field_name, field_word, value_text
from ticketdesk.domain.errors import Clash, Conflict, Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.services import journal
from ticketdesk.services.doors import Action, Done
from ticketdesk.services.journal import EntryRow
from ticketdesk.services.merging import Edit
from ticketdesk.texts import N_, _, ngettext

__all__ = ["BOTH", "MINE", "THEIRS", "About", "MergeDialog", "retry", "save_edit"]

_TEXTS = {"complaint", "diagnosis", "notes"}
_SAFE = {"notes"}
"""Where both values one below the other are the usual answer."""

_TITLES = {
    "order": N_("{name} changed the same order while you were editing"),
    "customer": N_("{name} changed the same customer while you were editing"),
    "device": N_("{name} changed the same device while you were editing"),
    "line": N_("{name} changed the same line while you were editing"),
    "": N_("{name} changed the same while you were editing"),
}
_NOUNS = {
    "moved": N_("status"), "claimed": N_("responsible person"), "assigned": N_("responsible person"),
    "line_added": N_("a line"), "line_changed": N_("a line"), "line_removed": N_("a line"), "attached": N_("a file"),
    "detached": N_("a file"), "commented": N_("a comment"), "deposit": N_("a payment"), "payment": N_("a payment"),
    "refund": N_("a payment"), "task_added": N_("a task"), "task_done": N_("a task"), "task_reopened": N_("a task"),
}  # fmt: skip
"""What the other person did besides editing fields, in a word."""


@dataclass(frozen=True, slots=True)
class About:
    """What is edited: its kind, what it is called, its key, and the version that was being looked at."""

    kind: str = ""
    name: str = ""
    id: UUID | None = None
    version: int = 0


def retry(edit: Edit, conflict: Conflict, choices: dict[str, str]) -> Edit:
    """Give the edit that carries the choices out, on top of what the other person saved."""
    base, values = dict(edit.base), dict(edit.values)
    for clash in conflict.clashes:
        base[clash.field] = clash.theirs
        if choices[clash.field] == THEIRS:
            del values[clash.field], base[clash.field]
        elif choices[clash.field] == BOTH:
            values[clash.field] = f"{clash.theirs}\n{clash.mine}"
    return Edit(edit.id, base, values)


def save_edit(
    desk: Desk,
    host: Host,
    owner: QObject,
    action: Action[Edit],
    edit: Edit,
    *,
    about: About,
    done: Callable[[Done], None],
    refused: Callable[[Refusal], None],
) -> None:
    """Save an edit; what somebody else changed meanwhile is asked field by field, and saved as it was chosen.

    A PIN is asked for where a value takes one.

    ``refused`` hears whatever else was refused; after “back to editing” nothing is heard.
    """

    def heard(refusal: Refusal) -> None:
        if isinstance(refusal, Conflict):
            MergeDialog(desk, host, refusal, lambda choices: again(refusal, choices), about).present()
        else:
            refused(refusal)

    def again(conflict: Conflict, choices: dict[str, str]) -> None:
        settled = retry(edit, conflict, choices)
        save_edit(desk, host, owner, action, settled, about=about, done=done, refused=refused)

    write_approved(desk, host, owner, done, action, edit, refused=heard)


class MergeDialog(ChoosingDialog):
    """A row for each field that both changed. Nothing is chosen beforehand, except that notes are kept both."""

    def __init__(
        self,
        desk: Desk,
        host: Host,
        conflict: Conflict,
        done: Callable[[dict[str, str]], None],
        about: About = About(),
    ) -> None:
        self._desk, self._conflict, self._what = desk, conflict, about
        other = conflict.clashes[0].by or _("Somebody else")
        me = desk.staff.name if desk.staff is not None else ""
        words = Words(
            _(_TITLES.get(about.kind, _TITLES[""])).format(name=other),
            self._sentence(),
            _("Take all from {name}").format(name=other),
            _("Back to editing"),
            _("Save the merge"),
        )
        sides = Side(me, _("Yours")), Side(other, _("{name}'s").format(name=other))
        super().__init__(host.window, words, sides, [self._asked(clash) for clash in conflict.clashes], done)
        self._say_merged([])
        if about.id is not None:
            desk.read(self, self._say_merged, journal.history, about.id)

    def _sentence(self) -> str:
        count, about = len(self._conflict.clashes), self._what
        choose = ngettext(
            "Nothing is lost: choose what stays in the field below.",
            "Nothing is lost: choose what stays in the {count} fields below.",
            count,
        ).format(count=count)
        clash = self._conflict.clashes[0]
        if not about.name or not clash.at:
            return choose
        saved = _("{thing}, saved by {name} {moment}.")
        return f"{saved.format(thing=about.name, name=clash.by, moment=self._moment(clash))} {choose}"

    def _moment(self, clash: Clash) -> str:
        return dates.moment_text(datetime.fromisoformat(clash.at), self._desk.now(), self._desk.shop.zone)

    def _asked(self, clash: Clash) -> Field:
        zone, field = self._desk.shop.zone, clash.field
        both = field in _TEXTS and bool(clash.mine) and bool(clash.theirs)
        who = ", ".join(part for part in (clash.by, self._moment(clash) if clash.at else "") if part)
        return Field(
            field,
            field_name(field, self._what.kind),
            field_word(field, self._what.kind),
            _("before: {value}").format(value=value_text(field, clash.base, zone)),
            (value_text(field, clash.mine, zone), _("you, now")),
            (value_text(field, clash.theirs, zone), who),
            both,
            BOTH if both and field in _SAFE else "",
        )

    def _say_merged(self, history: list[EntryRow]) -> None:
        """Say what of mine is saved without asking, and what others did since, which stays."""
        zone, kind = self._desk.shop.zone, self._what.kind
        clashing = {clash.field for clash in self._conflict.clashes}
        names = [field_word(field, kind) for field in self._conflict.merged]
        lines = [_("you: {change}").format(change=name) for name in names]
        for entry in history:
            if entry.position <= self._what.version:
                break
            facts = json.loads(entry.content)
            fields = [field for field in facts if field not in clashing] if entry.action == "edited" else []
            names.extend(field_word(field, kind) for field in fields)
            if entry.action in _NOUNS:
                names.append(_(_NOUNS[entry.action]))
            if fields or entry.action in _NOUNS:
                what, more = sentences.sentence(entry, zone)
                lines.append(" ".join(part for part in (f"{entry.staff}: {what}", more.replace("\n", ", ")) if part))
        if names:
            self.strip.say(merged_by_themselves(len(names)), ", ".join(names), lines)
