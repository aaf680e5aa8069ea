"""Typed documents of a project: saved views now; prompts, policies, keys and users later."""
