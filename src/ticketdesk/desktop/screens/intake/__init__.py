"""Taking a device in: one page, one subject to a file."""
