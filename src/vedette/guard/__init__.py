"""The guard: look before you judge, judge by policy, act."""
