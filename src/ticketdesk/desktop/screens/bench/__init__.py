"""The bench: a technician's orders, the pool, and the work at one of them."""
