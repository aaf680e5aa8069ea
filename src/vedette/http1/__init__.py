"""Our HTTP/1.1 rim: a server and a client on httptools, lean enough for the data plane."""
