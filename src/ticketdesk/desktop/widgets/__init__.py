"""Controls of the design, made once and used by every screen."""
