"""Errors of the provider's side."""

from vedette.http1.errors import UpstreamError


def test_the_code_stands_for_a_missing_message() -> None:
    error = UpstreamError("reset", stale=True)
    assert (error.code, str(error), error.stale) == ("reset", "reset", True)
    assert not UpstreamError("reset", "x").stale
