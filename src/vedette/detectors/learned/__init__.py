"""Classifiers that were trained on recorded data: features, models, weights."""
