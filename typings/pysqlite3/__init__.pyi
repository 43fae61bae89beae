from sqlite3 import *  # noqa: F403 - it is the same module, built on a newer engine
from sqlite3 import sqlite_version as sqlite_version
