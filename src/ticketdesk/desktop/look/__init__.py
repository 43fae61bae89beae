"""How the window looks: colours, fonts, icons, and what delegates paint."""
