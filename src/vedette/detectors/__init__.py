"""Detectors, one file each; the module's name is the detector's name."""
