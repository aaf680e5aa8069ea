"""Cached values, counters, leases and locks."""
