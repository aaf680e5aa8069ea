"""Frozen types that everything else speaks in. No I/O, nothing but msgspec."""
