"""Contracts between the rooms. The docstrings are binding; the contract suites test them."""
