import pytest

from vedette.model.exchange import makes_answer


@pytest.mark.parametrize(
    ("call", "makes"),
    [
        ("POST /v1/images/generations", True),
        ("POST /v1/audio/transcriptions", True),
        ("POST /v1/responses/compact", True),
        ("GET /v1/responses/resp_1", False),
        ("POST /v1/responses/resp_1/cancel", False),
        ("POST /v1/chat/completions/c_1", False),
        ("GET /v1/batches/b_1", False),
        ("POST /v1/batches/b_1/cancel", False),
        ("DELETE /v1/responses/resp_1", False),
    ],
)
def test_what_was_made_before_is_not_counted_again(call: str, makes: bool) -> None:
    assert makes_answer(*call.split()) is makes
