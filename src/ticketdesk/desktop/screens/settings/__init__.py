"""Settings: what all PCs share, who works here, and what is only this PC's."""
