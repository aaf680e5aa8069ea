"""What can go wrong between us and a provider."""


class UpstreamError(Exception):
    """A connection could not be had, broke, or carried no HTTP.

    Codes: `dns_failure`, `connect_refused`, `connect_timeout`, `connect_failed`, `tls_failure`,
    `proxy_failed`, `pool_exhausted`, `reset`, `closed_before_head`, `closed_early`,
    `bad_response`.
    """

    def __init__(self, code: str, message: str = "", *, stale: bool = False) -> None:
        super().__init__(message or code)
        self.code = code
        self.stale = stale
        """True where a kept-alive connection was closed before any byte of an answer: the
        provider most likely never saw the request, and a fresh connection may be tried."""
