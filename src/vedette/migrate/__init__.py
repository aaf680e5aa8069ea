"""Configurations of other gateways, read and told as ours: what is exact, near, and missing."""
