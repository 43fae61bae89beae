"""The palette: one box over the window for everything."""
