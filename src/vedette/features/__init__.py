"""What can be said of a text without keeping it: keyed hashes, figures, classes, sketches.

Computed where the text is, so that nothing else need leave the process. Standard library and
msgspec alone, and modules import each other relatively: the folder works wherever it is copied.
"""
