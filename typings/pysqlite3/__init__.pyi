from sqlite3 import *
from sqlite3 import sqlite_version as sqlite_version
