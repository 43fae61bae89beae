"""Tables, the one door to them, migrations and the feed of changes."""
