"""What machines share of limits."""
