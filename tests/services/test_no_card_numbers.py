"""No action lets a card number in, in whatever field of its command it stands; nor does anything keep one (P36)."""

import dataclasses
import types
import typing
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

import pytest
from sqlalchemy import text

from shop import TestShop, a_new_order, an_order
from ticketdesk.domain.errors import Refusal, Value
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.services import catalogue, intake, lines, orders, registry
from ticketdesk.services.catalogue import NewItem
from ticketdesk.services.doors import NOT_TYPED
from ticketdesk.services.intake import NewDevice
from ticketdesk.services.lines import AddLine, ChangeLine, LineFacts, RemoveLine
from ticketdesk.services.merging import Edit
from ticketdesk.storage.tables import Item, Line, Order

PAN = "4012 8888 8888 1881"


def texts_of(kind: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """List every place in a command where a text can stand, by the names that lead there."""
    found: list[tuple[str, ...]] = []
    hints = typing.get_type_hints(kind)
    for field in dataclasses.fields(kind):
        if field.name in NOT_TYPED:
            continue
        for part in _parts(hints[field.name]):
            if part is str:
                found.append((*path, field.name))
            elif dataclasses.is_dataclass(part):
                found.extend(texts_of(part, (*path, field.name)))
    return found


def _parts(hint: Any) -> list[Any]:
    if typing.get_origin(hint) in (types.UnionType, typing.Union, tuple, list, dict):
        return [part for each in typing.get_args(hint) for part in _parts(each)]
    return [hint]


def made(kind: Any, path: tuple[str, ...]) -> Any:
    """Make a command with the number at one place, and anything that fits elsewhere."""
    hints = typing.get_type_hints(kind)
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        if path and field.name == path[0]:
            values[field.name] = _holding(hints[field.name], path[1:])
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            values[field.name] = _any(hints[field.name])
    return kind(**values)


def _holding(hint: Any, path: tuple[str, ...]) -> Any:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        fitting = next(arg for arg in args if (dataclasses.is_dataclass(arg) if path else str in _parts(arg)))
        return _holding(fitting, path)
    if origin in (tuple, list):
        return origin((_holding(args[0], path),))
    if origin is dict:
        return {"notes": PAN}
    return made(hint, path) if dataclasses.is_dataclass(hint) else PAN


def _any(hint: Any) -> Any:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return None if type(None) in args else _any(args[0])
    if origin in (tuple, list, dict):
        return origin()
    if dataclasses.is_dataclass(hint):
        return made(hint, ())
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    usual = {
        UUID: new_key(),
        str: "x",
        int: 1,
        bool: True,
        bytes: b"x",
        datetime: datetime.now(UTC),
        date: datetime.now(UTC).date(),
    }
    return usual.get(hint)


CASES = [(act, path) for act in registry.ACTIONS for path in texts_of(act.command)]


def test_every_action_is_looked_at() -> None:
    assert len(CASES) > 60


def test_a_card_number_is_refused_in_every_field_of_every_action(sqlite_shop: TestShop) -> None:
    let_in = []
    for act, path in CASES:
        try:
            sqlite_shop.do(act, made(act.command, path))
        except Refusal as refusal:
            if "card number" in refusal.sentence and PAN not in refusal.sentence:
                continue
        let_in.append(f"{act.name}: {'.'.join(path)}")
    assert let_in == []


@pytest.mark.parametrize("imei", ["371449635398431", "37 144963 539843 1", "356938035643809"])
def test_an_imei_is_no_card_number_though_its_digits_check_as_one(shop: TestShop, imei: str) -> None:
    new = a_new_order(device=NewDevice("phone", "Apple", "iPhone 13", serial=imei))
    shop.do(intake.register, new)
    with shop.database.read() as session:
        assert session.scalar(text("SELECT serial FROM device")) == imei.replace(" ", "")


@pytest.mark.parametrize("code", ["5941234567899", "30000000000087", "A-4111"])
def test_the_codes_of_articles_are_no_card_numbers(shop: TestShop, code: str) -> None:
    shop.do(catalogue.add, NewItem("Baterie", code=code, ean=code))
    order = an_order(shop)
    shop.do(lines.add, AddLine(order.id, LineFacts("Baterie", code=code, serial="F17XK0ABCD12")))
    with shop.database.read() as session:
        assert session.scalar(text("SELECT code FROM line")) == code


@pytest.mark.parametrize("facts", [{"code": "4111111111111111"}, {"serial": "4111 1111 1111 1111"}])
def test_a_line_keeps_no_card_number_as_its_code_or_serial(shop: TestShop, facts: dict[str, str]) -> None:
    order = an_order(shop)
    with pytest.raises(Refusal, match="card number"):
        shop.do(lines.add, AddLine(order.id, LineFacts("Plata", price=500, **facts)))  # type: ignore[arg-type]
    with shop.database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM line")) == 0


def test_a_refused_number_is_neither_in_the_journal_nor_in_the_log(
    sqlite_shop: TestShop, caplog: pytest.LogCaptureFixture
) -> None:
    order = an_order(sqlite_shop)
    with pytest.raises(Refusal, match="card number"):
        an_order(sqlite_shop, complaint=f"plătit cu {PAN}")
    with sqlite_shop.database.read() as session:
        rows = session.execute(text("SELECT content FROM entry")).scalars().all()
    assert order.number == 1
    assert not any("8888" in (row or "") for row in rows)
    assert "8888" not in caplog.text


def test_a_number_that_stands_there_already_lets_the_other_fields_be_edited(shop: TestShop) -> None:
    """Older versions let it in; what is typed now is looked at, not what stood there before."""
    other = "4111111111111111"
    item = shop.do(catalogue.add, NewItem("Baterie", code="B1")).id
    order = an_order(shop).id
    line = shop.do(lines.add, AddLine(order, LineFacts("Baterie", price=500))).made
    assert line is not None
    with shop.database.begin() as session:
        session.get_one(Item, item).code = PAN
        session.get_one(Line, line).serial = PAN
        session.get_one(Order, order).complaint = f"plătit cu {PAN}"
    shop.do(catalogue.edit, Edit(item, {"name": "Baterie", "code": PAN}, {"name": "Baterie nouă", "code": PAN}))
    complaint = f"plătit cu {PAN}"
    shop.do(orders.edit, Edit(order, {"complaint": complaint}, {"complaint": f"{complaint}, ecran spart"}))
    cases: tuple[tuple[dict[str, Value], str], ...] = (
        ({"complaint": f"{complaint}, ecran spart"}, other),
        ({"diagnosis": PAN}, PAN),
    )
    for base, typed in cases:
        with pytest.raises(Refusal, match="card number"):
            shop.do(orders.edit, Edit(order, base, {"complaint": f"{complaint} {typed}"}))
    with pytest.raises(Refusal, match="card number"):
        shop.do(catalogue.edit, Edit(item, {"name": "Baterie nouă", "code": PAN}, {"name": PAN}))
    with shop.database.read() as session:
        facts = lines.seen(session.get_one(Line, line))
    cheaper = lines.edit_of(line, facts, replace(facts, price=600))
    shop.do(lines.change, ChangeLine(order, cheaper))
    shop.do(lines.change, ChangeLine(order, lines.edit_of(line, replace(facts, price=600), replace(facts, serial=""))))
    with shop.database.read() as session:
        assert session.get_one(Item, item).name == "Baterie nouă"
        last = lines.seen(session.get_one(Line, line))
    with shop.database.begin() as session:
        session.get_one(Line, line).serial = PAN
    shop.do(lines.remove, RemoveLine(order, line, replace(last, serial=PAN)))


@pytest.mark.parametrize("stood", ["plătit cu 4012 8888 8888 1881", "4012-8888-8888-1881"])
def test_saying_that_a_number_stood_there_does_not_let_it_in(shop: TestShop, stood: str) -> None:
    order = an_order(shop).id
    with pytest.raises(Refusal):
        shop.do(orders.edit, Edit(order, {"diagnosis": stood}, {"diagnosis": PAN}))
    with shop.database.read() as session:
        assert session.get_one(Order, order).diagnosis == ""
