"""The customers of the shop: their list, its views, and a preview."""
