"""Rules of a repair shop, as pure functions and frozen values."""
