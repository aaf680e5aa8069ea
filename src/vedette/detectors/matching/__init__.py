"""Patterns, check digits and entropy: what rule-based detectors share."""
