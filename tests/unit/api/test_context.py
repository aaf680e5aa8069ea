"""Endpoints find their services through the request."""

from tests.support.console import run_console


def test_two_applications_do_not_share_anything() -> None:
    with run_console(capture="hash") as one, run_console(capture="none") as other:
        assert one.get("/api/v1/info")["capture"] == "hash"
        assert other.get("/api/v1/info")["capture"] == "none"
