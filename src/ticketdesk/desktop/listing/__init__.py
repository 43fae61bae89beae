"""Long lists: a model that knows every place by number, and a table that paints whole rows."""
