"""Only these modules open files at all, and none of them the live one: whoever adds one says here why it may (P4).

Opening and closing the shop's live file a second time in this process lets go of the engine's locks, and acknowledged
work is lost; so does a second SQLite, and so do Qt's helpers that look into files to guess their type.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import ticketdesk

SOURCE = Path(ticketdesk.__file__).parent
CALLS = {"open", "fdopen", "read_bytes", "read_text", "write_bytes", "write_text", "file_digest", "copy_file_range"}
NAMES = {"QFile", "QSaveFile", "QMimeDatabase", "QFileDialog", "QFileSystemModel", "QFileSystemWatcher", "QtSql"}
MODULES = {"shutil", "zipfile", "tarfile", "mmap", "sqlite3", "fileinput", "apsw"}

ALLOWED = {
    "texts.py": {"open"},  # catalogues, when they are compiled
    "domain/pictures.py": {"open"},  # bytes in memory
    "storage/keyring.py": {"open", "fdopen", "read_bytes"},  # this PC's secrets, files of their own
    "storage/preferences.py": {"read_text", "write_text"},  # this PC's settings
    "services/copying.py": {"open"},  # the folder of a copy, to sync it
    "exchange/fiscal_folder.py": {"open"},  # the fiscal printer's own folder
    "exchange/openrepair.py": {"open"},  # refuse_live first
    "exchange/tables.py": {"open"},  # refuse_live first
    "cli/context.py": {"write_bytes"},  # refuse_live first
    "cli/order.py": {"read_text"},  # before the shop is opened
    "desktop/crash.py": {"open"},  # the log
    "desktop/forms/__main__.py": {"write_text"},  # a step of building
    "desktop/measuring/machine.py": {"open", "read_text"},  # /proc, for the benchmark
    "desktop/look/icons.py": {"read_text", "write_text"},  # resources
    "desktop/look/theme.py": {"read_text"},
    "desktop/look/tokens.py": {"read_text"},
    "desktop/picking.py": {"open", "QFileDialog"},  # the one door of chosen files
    "desktop/printing.py": {"write_bytes"},  # papers, under names of our own
    "desktop/screens/intake/photos.py": {"open"},  # a buffer in memory
    "desktop/screens/order/photos.py": {"open"},  # a buffer in memory
    "desktop/session.py": {"open"},  # the box for everything, which is no file
    "desktop/widgets/signature.py": {"open"},  # a buffer in memory
    "desktop/start.py": {"open"},  # /proc, to say when the program began
    "desktop/tour.py": {"write_bytes"},  # papers of the demo
    "desktop/wizard.py": {"open"},  # the shop itself, by the engine
}


def touched(tree: ast.AST) -> Iterator[str]:
    """Give what a module uses that could open a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = (
                called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
            )
            if name in CALLS:
                yield name
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] in MODULES)
        elif isinstance(node, ast.ImportFrom):
            module = (node.module or "").split(".")[0]
            yield from (alias.name for alias in node.names if alias.name in NAMES or module in MODULES)
            if (node.module or "").endswith("QtSql"):
                yield "QtSql"


def test_only_named_modules_open_files() -> None:
    unexplained = {}
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if used := set(touched(ast.parse(path.read_text(encoding="utf-8")))) - ALLOWED.get(name, set()):
            unexplained[name] = used
    assert unexplained == {}


@pytest.mark.parametrize(
    "code",
    [
        "open('shop.db')", "path.read_bytes()", "import shutil", "from zipfile import ZipFile", "hashlib.file_digest(f)",
        "from PySide6.QtCore import QFile", "from PySide6.QtCore import QMimeDatabase", "import sqlite3",
        "from PySide6.QtWidgets import QFileSystemModel", "from PySide6 import QtSql",
        "from PySide6.QtSql import QSqlDatabase",
    ],
)  # fmt: skip
def test_each_way_to_open_a_file_is_seen(code: str) -> None:
    assert list(touched(ast.parse(code)))


def test_no_second_sqlite_is_packed() -> None:
    spec = (SOURCE.parents[1] / "installer" / "ticketdesk.spec").read_text(encoding="utf-8")
    assert '"PySide6.QtSql"' in spec
    assert '"sqlite3"' in spec
    assert '"qsqlite" not in binary[0]' in spec
