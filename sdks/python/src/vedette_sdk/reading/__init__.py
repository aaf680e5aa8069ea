"""What was asked and answered, read from the JSON that went over the wire; off the callers' path.

One reader for each API. They take what comes: nothing here raises for a shape it does not know.
"""
