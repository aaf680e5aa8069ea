"""Wire formats as sans-IO codecs: bytes in, neutral model out. No sockets, no event loop."""
