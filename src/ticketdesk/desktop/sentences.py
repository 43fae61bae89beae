"""The journal as sentences people read."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from ticketdesk.desktop import dates
from ticketdesk.documents import DOCUMENTS
from ticketdesk.domain.contacts import shown_contact
from ticketdesk.domain.devices import kind_of
from ticketdesk.domain.estimates import ANSWERS, SENDINGS, STATE_LABELS
from ticketdesk.domain.money import format_amount, format_percent
from ticketdesk.domain.orders import METHOD_LABELS, STATUS
from ticketdesk.domain.people import shown_phone
from ticketdesk.domain.rights import ROLE_LABELS
from ticketdesk.domain.shop import KEEP, POOL, SELF_MANAGED
from ticketdesk.services.journal import EntryRow
from ticketdesk.services.merging import moment
from ticketdesk.texts import N_, _, ngettext, spoken

FIELDS = {
    "complaint": N_("problem"),
    "diagnosis": N_("diagnosis"),
    "address": N_("address"),
    "bin": N_("bin"),
    "promised_at": N_("promised time"),
    "urgency": N_("urgency"),
    "billing": N_("billing"),
    "place": N_("place"),
    "kind": N_("kind of order"),
    "accessories": N_("accessories"),
    "condition": N_("condition"),
    "estimate": N_("estimate"),
    "name": N_("name"),
    "code": N_("code"),
    "serial": N_("serial number"),
    "quantity": N_("quantity"),
    "price": N_("price"),
    "cost": N_("cost"),
    "vat": N_("VAT"),
    "discount": N_("discount"),
    "discount_amount": N_("discount, amount"),
    "discount_reason": N_("reason of the discount"),
    "unit": N_("unit"),
    "warranty_months": N_("warranty"),
    "role": N_("role"),
    "active": N_("works here"),
    "legal_name": N_("company name"),
    "phone": N_("phone"),
    "email": N_("e-mail"),
    "hours": N_("opening hours"),
    "tax_id": N_("tax number"),
    "register_number": N_("trade register number"),
    "allocation": N_("sharing out orders"),
    "company": N_("person or company"),
    "contacts": N_("more phones and e-mails"),
    "language": N_("language"),
    "consent": N_("consent to be written to"),
    "tags": N_("tags"),
    "notes": N_("notes"),
    "brand": N_("brand"),
    "model": N_("model"),
    "colour": N_("colour"),
    "made_in": N_("year of making"),
    "letters": N_("letters"),
}
"""What each field that people edit is called in a sentence."""
_OF_KIND = {
    "device": {"kind": N_("kind of device"), "serial": N_("IMEI or serial number")},
    "location": {"active": N_("in use")},
}
"""What a field is called of some things only."""

LANGUAGES = {
    "ro": N_("Romanian"),
    "en": N_("English"),
    "hu": N_("Hungarian"),
    "ru": N_("Russian"),
    "uk": N_("Ukrainian"),
}
"""Languages in which customers may want to be written to."""

WORDS: dict[str, str] = {
    "normal": N_("normal"), "urgent": N_("urgent"), "paid": N_("paid"), "warranty": N_("under warranty"),
    "in_shop": N_("in the shop"), "on_site": N_("on site"), "external": N_("external"), "internal": N_("internal"),
    "work": N_("work"), "part": N_("part"), POOL: N_("a pool"), SELF_MANAGED: N_("whoever takes it in"),
    **{role.value: text for role, text in ROLE_LABELS.items()},
}  # fmt: skip

ICONS = {
    "registered": "status-created", "imported": "import", "moved": "refresh", "claimed": "hand", "assigned": "user",
    "edited": "pencil", "line_added": "plus", "line_changed": "pencil", "line_removed": "minus", "deposit": "cash",
    "payment": "cash", "refund": "undo", "reversal": "undo", "left_unpaid": "calendar", "made_free": "shield", "reminded": "bell",
    "deposit_kept": "cash", "commented": "note", "task_added": "task", "task_done": "check",
    "task_reopened": "undo", "timer_started": "clock", "timer_paused": "clock",
    "attached": "camera", "detached": "trash", "printed": "printer", "code_revealed": "eye",
    "added": "plus", "merged": "customers", "merged_into": "customers", "unmerged": "undo", "unmerged_from": "undo",
    "kept_apart": "user", "credit": "cash",
    "discounted": "percent",
    "estimate_made": "note", "estimate_sent": "mail", "estimate_agreed": "check", "estimate_partly": "check",
    "estimate_refused": "x", "written_to": "mail",
}  # fmt: skip

_NUMBERS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("estimate", "price", "cost", "discount_amount"), format_amount),
    **dict.fromkeys(("vat", "discount"), format_percent),
    "quantity": lambda value: f"{value / 1000:g}".replace(".", "," if spoken() == "ro" else "."),
    "warranty_months": lambda value: ngettext("{count} month", "{count} months", value).format(count=value),
}

_PLAIN = {
    "registered": N_("took the device in"),
    "imported": N_("imported the order"),
    "claimed": N_("claimed it from the pool"),
    "timer_started": N_("started the timer"),
    "code_revealed": N_("looked at the unlock code"),
    "added": N_("wrote it down for the first time"),
}


def field_word(field: str, kind: str = "") -> str:
    """Name a field of something in a sentence."""
    marked = _OF_KIND.get(kind, {}).get(field)
    return _(marked or FIELDS.get(field, field))


def field_name(field: str, kind: str = "") -> str:
    """Name a field of something at the beginning of a line."""
    name = field_word(field, kind)
    return name[:1].upper() + name[1:]


_OF_CUSTOMER: dict[str, Callable[[Any], str]] = {
    "company": lambda value: _("company") if value else _("person"),
    "phone": lambda value: shown_phone(str(value)),
    "contacts": lambda value: "\n".join(shown_contact(contact) for contact in value) or _("nothing"),
    "language": lambda value: _(LANGUAGES.get(str(value), str(value))),
}


def value_text(field: str, value: Any, zone: str) -> str:
    """Give a field's value as people say it."""
    if value is None or value in ("", []):
        return _("nothing")
    if field == "promised_at":
        return dates.weekday_moment(moment(value), zone)
    if field in _NUMBERS:
        return _NUMBERS[field](int(value))
    if field in {"urgency", "billing", "place", "kind", "role", "allocation"}:
        return _(WORDS.get(str(value)) or kind_of(str(value)).label)
    if field in _OF_CUSTOMER:
        return _OF_CUSTOMER[field](value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_(str(item)) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{_(key)}: {_(item)}" for key, item in value.items())
    return str(value)


def sentence(entry: EntryRow, zone: str) -> tuple[str, str]:
    """Give what happened in an entry, and the text that was written with it, if any."""
    facts: dict[str, Any] = json.loads(entry.content)
    action = entry.action
    if action in _PLAIN:
        return _(_PLAIN[action]), facts.get("reason", "") or _agreed(facts)
    if action in {"moved", "assigned", "timer_paused"}:
        return _went(action, facts)
    if action in _OF_MONEY:
        return _OF_MONEY[action](action, facts), facts.get("reason", "")
    if action == "commented":
        return (_("told the customer") if facts["to_customer"] else _("noted")), facts["text"]
    if action == "written_to":
        return _("began an e-mail to the customer"), facts["text"]
    if action == "printed":
        names = {document.key: _(document.label) for document in DOCUMENTS}
        return _("printed: {document}").format(document=names.get(facts["document"], facts["document"])), ""
    if action == "edited":
        return _edited(facts, zone, entry.subject)
    if action == "discounted" or action.startswith("estimate_"):
        return _priced(action, facts)
    return _two(action, facts, zone) if action in _OF_TWO else (_thing(action, facts), _agreed(facts))


def _agreed(facts: dict[str, Any]) -> str:
    return _("approved by {name}").format(name=facts["approved_by"]) if "approved_by" in facts else ""


def _went(action: str, facts: dict[str, Any]) -> tuple[str, str]:
    if action == "moved":
        was, to = (_(STATUS[key].label) for key in facts["status"])
        left = [_("bin {bin} is free").format(bin=facts["bin"][0])] if "bin" in facts else []
        return f"{was} → {to}", "\n".join(filter(None, [facts.get("reason"), *left, _agreed(facts)]))
    if action == "timer_paused":
        return _paused(facts), ""
    _before, after = facts["assignee"]
    if after is None:
        return _("put it back into the pool"), ""
    return _("made {name} responsible").format(name=after), ""


def _paused(facts: dict[str, Any]) -> str:
    time = dates.lasted(facts["seconds"])
    if "name" in facts:
        return _("stopped the timer of {name} after {time}").format(name=facts["name"], time=time)
    return _("paused the timer after {time}").format(time=time)


def _money(action: str, facts: dict[str, Any]) -> str:
    texts = {
        "deposit": _("took a deposit of {amount}, {method}"),
        "payment": _("took {amount}, {method}"),
        "refund": _("gave {amount} back, {method}"),
        "reversal": _("undid {amount}, {method}"),
    }
    approved = {
        "refund": _("gave {amount} back, {method}; approved by {name}"),
        "reversal": _("undid {amount}, {method}; approved by {name}"),
    }
    name = facts.get("approved_by", "")
    text = approved.get(action, texts[action]) if name else texts[action]
    method = _(METHOD_LABELS[facts["method"]]).lower()
    return text.format(amount=format_amount(abs(facts["amount"])), method=method, name=name)


def _debt(action: str, facts: dict[str, Any]) -> str:
    amount = format_amount(abs(facts["amount"]))
    if action == "reminded":
        ways = {"phone": N_("by phone"), "message": N_("by message"), "letter": N_("by letter")}
        way: str = facts["how"]
        how = _(ways[way]) if way in ways else way
        return _("reminded the customer of {amount}, {how}").format(amount=amount, how=how)
    if action == "deposit_kept":
        text = _("kept the deposit of {amount} for the diagnosis")
        if facts.get("how") == KEEP:
            text = _("kept the abandoned deposit of {amount}: {reason}")
        return text.format(amount=amount, reason=facts.get("reason", ""))
    day = dates.numeric_day(date.fromisoformat(facts["pay_by"][-1]))
    if facts.get("approved_by"):
        text = _("let it leave unpaid: {amount} to pay by {day}; approved by {name}")
        return text.format(amount=amount, day=day, name=facts["approved_by"])
    return _("let it leave unpaid: {amount} to pay by {day}").format(amount=amount, day=day)


_OF_MONEY: dict[str, Callable[[str, dict[str, Any]], str]] = {
    **dict.fromkeys(("deposit", "payment", "refund", "reversal"), _money),
    **dict.fromkeys(("left_unpaid", "reminded", "deposit_kept"), _debt),
    "made_free": lambda _action, facts: _("free of charge; approved by {name}").format(name=facts["approved_by"]),
}


def _discounted(facts: dict[str, Any]) -> str:
    share, amount = facts["discount"][1], facts["discount_amount"][1]
    parts = [format_percent(share)] if share else []
    parts += [format_amount(amount)] if amount else []
    if not parts:
        return _("took the discount back")
    return _("gave a discount on the order: {discount}").format(discount=" + ".join(parts))


def _priced(action: str, facts: dict[str, Any]) -> tuple[str, str]:
    if action == "discounted":
        return _discounted(facts), facts["reason"]
    version = facts["version"]
    if action == "estimate_made":
        made = _("made estimate {version} of {amount}")
        return made.format(version=version, amount=format_amount(facts["total"])), ""
    if action == "estimate_sent":
        return _("gave estimate {version} to the customer").format(version=version), _(SENDINGS[facts["how"]])
    answer = _(STATE_LABELS[action.removeprefix("estimate_")]).lower()
    said = _("{name} answered estimate {version}: {answer}").format(
        name=facts["by_whom"], version=version, answer=answer
    )
    return said, ", ".join((_(ANSWERS[facts["how"]]), *facts["refused"]))


_OF_TWO = {
    "merged": N_("merged {name}, customer {number}, into this one"),
    "merged_into": N_("merged this customer into {name}, customer {number}"),
    "unmerged": N_("made two of {name}, customer {number}, and this one again"),
    "unmerged_from": N_("made this customer and {name}, customer {number}, two again"),
    "kept_apart": N_("said that {name}, customer {number}, is somebody else"),
}


def _two(action: str, facts: dict[str, Any], zone: str) -> tuple[str, str]:
    text = _(_OF_TWO[action]).format(name=facts["name"], number=facts["number"])
    lines = []
    if orders := facts.get("orders"):
        count = orders if isinstance(orders, int) else len(orders)
        lines.append(ngettext("{count} order moved", "{count} orders moved", count).format(count=count))
    if fields := facts.get("fields"):
        lines.append(_edited(fields, zone, "customer")[0])
    if stayed := facts.get("stayed"):
        names = ", ".join(map(field_word, stayed))
        lines.append(_("changed since, so it stays: {fields}").format(fields=names))
    if elsewhere := facts.get("elsewhere"):
        numbers = ", ".join(map(str, elsewhere))
        lines.append(_("with somebody else by now, so they stay: {numbers}").format(numbers=numbers))
    return text, "\n".join(filter(None, [*lines, _agreed(facts)]))


def _edited(facts: dict[str, Any], zone: str, kind: str) -> tuple[str, str]:
    names = ", ".join(field_word(field, kind) for field in facts)
    changes = [
        f"{value_text(field, before, zone)} → {value_text(field, after, zone)}"
        for field, (before, after) in facts.items()
        if field not in {"complaint", "diagnosis", "condition"}
    ]
    return _("changed: {fields}").format(fields=names), "\n".join(changes)


def _thing(action: str, facts: dict[str, Any]) -> str:
    texts = {
        "line_added": _("added {thing}"),
        "line_changed": _("changed {thing}"),
        "line_removed": _("took off {thing}"),
        "task_added": _("task: {thing}"),
        "task_done": _("done: {thing}"),
        "task_reopened": _("again to do: {thing}"),
        "attached": _("added the file {thing}"),
        "detached": _("removed the file {thing}"),
        "credit": _("changed the credit, receipt {thing}"),
    }
    thing = facts.get("line") or facts.get("text") or facts.get("name") or facts.get("number") or ""
    thing = thing[-1] if isinstance(thing, list) else thing
    return texts[action].format(thing=thing) if action in texts else action
