"""The day's report, on screen."""
