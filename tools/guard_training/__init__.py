"""What the classifiers of the guard are trained with: samples written for it, recorded data."""
