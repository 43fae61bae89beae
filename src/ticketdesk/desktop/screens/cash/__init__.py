"""The room of the cash: tills, shifts, what waits to be paid or given back."""
