"""Where spans, records and cached values live: one package per port, one module per engine."""
