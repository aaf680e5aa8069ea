"""Span stores; the name of a package is the name of the store."""
