"""Commands and answers as JSON: for the journal, the station's memory, and scripts."""

import dataclasses
import hashlib
import json
import types
import typing
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin

from ticketdesk.domain.errors import Refusal
from ticketdesk.texts import _

T = TypeVar("T")
_NOTHING = type(None)


def dumps(value: object) -> str:
    """Write a frozen dataclass, or anything made of plain values, as canonical JSON."""
    return _ENCODER.encode(value)


def digest(name: str, command: object) -> bytes:
    """Give the fingerprint of what is asked: the same request may not ask something else.

    Fields marked ``secret`` stay out: a short code could be guessed back from a fingerprint.
    """
    hidden = _secrets(type(command))
    open_part = {field: value for field, value in _fields(command) if field not in hidden}
    return hashlib.sha256(f"{name}\n{dumps(open_part)}".encode()).digest()


def loads(kind: type[T], text: str) -> T:
    """Read a frozen dataclass from JSON.

    Raises:
        Refusal: naming the field that is missing, unknown or of the wrong kind.
    """
    try:
        value = json.loads(text)
    except ValueError as error:
        raise Refusal(_("This is not JSON: {reason}.").format(reason=error)) from error
    return build(kind, value)


def build(kind: type[T], value: object) -> T:
    """Make a frozen dataclass from what ``json.loads`` gives; see ``loads``."""
    made: T = _built(kind, value, "")
    return made


def _fields(value: Any) -> list[tuple[str, Any]]:
    return [(field.name, getattr(value, field.name)) for field in dataclasses.fields(value)]


def _secrets(kind: type[Any]) -> frozenset[str]:
    return frozenset(field.name for field in dataclasses.fields(kind) if field.metadata.get("secret"))


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dict(_fields(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} has no JSON form")


_ENCODER = json.JSONEncoder(default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _built(kind: Any, value: Any, path: str) -> Any:
    origin = get_origin(kind)
    if origin in (types.UnionType, Union):
        return _one_of(get_args(kind), value, path)
    if origin in (tuple, list):
        return _sequence(origin, get_args(kind)[0], value, path)
    if origin in (dict, Mapping) or (origin is not None and issubclass(origin, Mapping)):
        return _mapping(get_args(kind), value, path)
    if dataclasses.is_dataclass(kind):
        return _record(kind, value, path)
    return _scalar(kind, value, path)


def _one_of(kinds: tuple[Any, ...], value: Any, path: str) -> Any:
    if value is None and _NOTHING in kinds:
        return None
    refusal = _wrong(path)
    for kind in kinds:
        if kind is _NOTHING:
            continue
        try:
            return _built(kind, value, path)
        except Refusal as error:
            refusal = error
    raise refusal


def _sequence(origin: type, kind: Any, value: Any, path: str) -> Any:
    if not isinstance(value, list | tuple):
        raise _wrong(path)
    return origin(_built(kind, item, f"{path}[{place}]") for place, item in enumerate(value))


def _mapping(kinds: tuple[Any, ...], value: Any, path: str) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise _wrong(path)
    return {_built(kinds[0], k, path): _built(kinds[1], v, f"{path}.{k}") for k, v in value.items()}


def _record(kind: Any, value: Any, path: str) -> Any:
    if not isinstance(value, dict):
        raise _wrong(path)
    hints, known = _hints(kind), {field.name for field in dataclasses.fields(kind) if field.init}
    given = {}
    for name, item in value.items():
        inside = f"{path}.{name}" if path else name
        if name not in known:
            raise Refusal(_("There is no field “{field}”.").format(field=inside), inside)
        given[name] = _built(hints[name], item, inside)
    for field in dataclasses.fields(kind):
        inside = f"{path}.{field.name}" if path else field.name
        optional = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        if field.init and field.name not in given and not optional:
            raise Refusal(_("The field “{field}” is missing.").format(field=inside), inside)
    return kind(**given)


def _scalar(kind: Any, value: Any, path: str) -> Any:
    if kind is Any or kind is object:
        return value
    try:
        if kind is uuid.UUID:
            return value if isinstance(value, uuid.UUID) else uuid.UUID(value)
        if kind is datetime:
            return _moment(value, path)
        if kind is date:
            return value if isinstance(value, date) else date.fromisoformat(value)
        if kind is bytes:
            return bytes.fromhex(value)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return kind(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise _wrong(path) from error
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind and not (kind is str and isinstance(value, str)):
        raise _wrong(path)
    return value


def _moment(value: Any, path: str) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise Refusal(
            _("The field “{field}” needs a time zone, like 2026-11-23T10:00:00+02:00.").format(field=path),
            path,
        )
    return moment


def _wrong(path: str) -> Refusal:
    return Refusal(_("The field “{field}” does not hold what is expected there.").format(field=path), path)
