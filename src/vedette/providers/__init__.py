"""Where and how to call a model: the catalogue, and one module per way of calling."""
