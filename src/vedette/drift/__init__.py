"""Compares answers with what they used to be: baselines, comparisons, tests, alarms."""
