"""The composition root: the only room where things are wired."""
