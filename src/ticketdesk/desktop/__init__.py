"""The window.

PySide puts itself before every import, and reads the source of each module to see whether it uses PySide: for the sake
of ``__feature__``, which nothing here uses. What it read would stay in memory (27 MiB): imports are Python's own again.
"""

import builtins
import importlib

_as_python_does = builtins.__import__
importlib.import_module("PySide6.QtCore")
builtins.__import__ = _as_python_does
