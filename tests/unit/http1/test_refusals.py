"""Errors that the rim answers itself."""

import json

import pytest

from vedette.http1.refusals import REASONS, refusal_body


@pytest.mark.parametrize("status", REASONS)
def test_a_refusal_reads_like_an_error_of_the_api(status: int) -> None:
    error = json.loads(refusal_body(status))["error"]
    assert error["code"] == REASONS[status]
    assert error["message"]
    assert error["param"] is None
    assert error["type"] == ("server_error" if status >= 500 else "invalid_request_error")
