"""Ways to tell people and programs of alerts, one file each, found by its name."""
