"""Alerts: rules over metrics and events, who is told, and that he is told."""
