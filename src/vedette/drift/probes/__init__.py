"""Golden probes: prompts with expected behaviour, sent on a schedule."""
