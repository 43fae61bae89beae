"""The room of the catalogue: works and parts, and price lists."""
