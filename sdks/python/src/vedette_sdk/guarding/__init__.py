"""Guards inside the program: detectors that need no network, or Vedette's own by its API."""
