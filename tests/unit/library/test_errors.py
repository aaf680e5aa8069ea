"""How calls in process fail."""

from vedette.library.errors import CallFailed


def test_a_failed_call_says_what_a_client_would_have_got() -> None:
    failed = CallFailed("No.", status=429, code="rate_limited", source="provider")
    assert (failed.status, failed.code, failed.source) == (429, "rate_limited", "provider")
    assert CallFailed("No.", status=502).code == "call_failed"
