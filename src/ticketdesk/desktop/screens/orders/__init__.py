"""The order desk: the list of orders, its views, and a preview."""
