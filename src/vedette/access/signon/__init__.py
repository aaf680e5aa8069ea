"""Signing on through providers of identities."""
