"""What detectors share that ask others: models, web services."""
