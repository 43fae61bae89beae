"""Every sentence is translated, keeps its placeholders, and has its true Romanian letters."""

import ast
import re
import string
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from ticketdesk import paths, texts

SOURCE = Path(__file__).parents[1] / "src" / "ticketdesk"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    path = paths.resources() / "locale" / "ro" / "LC_MESSAGES" / "ticketdesk.po"
    return read_po(BytesIO(path.read_bytes()), locale="ro")


def names(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def forms(message: Message) -> list[tuple[str, str]]:
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return [(message.id[1], form) for form in message.string or ()]


def test_every_sentence_of_the_program_is_in_romanian(catalogue: Catalog) -> None:
    found = extract_from_dir(str(SOURCE), method_map=[("**.py", "python")], keywords=KEYWORDS)
    wanted = {text if isinstance(text, str) else text[0] for _file, _line, text, _comments, _context in found}
    missing = sorted(text for text in wanted if text and not (catalogue.get(text) and catalogue.get(text).string))  # type: ignore[union-attr]
    assert missing == []


def test_no_sentence_hides_inside_another_string() -> None:
    """What is asked for inside an f-string is never found by those who look for sentences to translate."""
    hidden = [
        f"{path.relative_to(SOURCE)}:{call.lineno}"
        for path in SOURCE.rglob("*.py")
        for whole in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(whole, ast.JoinedStr)
        for call in ast.walk(whole)
        if isinstance(call, ast.Call)
        and (getattr(call.func, "id", "") in KEYWORDS or getattr(call.func, "attr", "") in KEYWORDS)
        and any(isinstance(given, ast.Constant) and isinstance(given.value, str) for given in call.args[:1])
    ]
    assert hidden == []


def test_placeholders_are_kept(catalogue: Catalog) -> None:
    wrong = [
        (english, romanian)
        for message in catalogue
        if message.id
        for english, romanian in forms(message)
        if not names(romanian) <= names(english) or (isinstance(message.id, str) and names(romanian) != names(english))
    ]
    assert wrong == []


def test_romanian_has_its_comma_letters_and_nothing_is_fuzzy(catalogue: Catalog) -> None:
    for message in catalogue:
        assert not message.fuzzy
        for _english, romanian in forms(message) if message.id else []:
            assert not re.search("[şţŞŢ]", romanian), romanian


def test_romanian_counts_in_three_forms() -> None:
    texts.compile_catalogues()
    with texts.language("ro"):
        counted = [texts.ngettext("{count} order", "{count} orders", n).format(count=n) for n in (1, 2, 19, 20, 101)]
    assert counted == ["1 comandă", "2 comenzi", "19 comenzi", "20 de comenzi", "101 comenzi"]
