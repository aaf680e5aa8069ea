import pytest

from vedette.providers.google_keys import credential, take_key, with_client_key

JSON = (b"content-type", b"application/json")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ("", b"")),
        ("alt=sse", ("alt=sse", b"")),
        ("alt=sse&key=AIza1&x=%20", ("alt=sse&x=%20", b"AIza1")),
        ("key=AIza1&key=AIza2", ("", b"AIza1")),
        ("%24key=AIza1&$key=2", ("", b"AIza1")),
        ("k%65y=AI%7Aa", ("", b"AIza")),
        ("access_token=ya29.x&a=1", ("a=1", b"ya29.x")),
        ("monkey=1", ("monkey=1", b"")),
    ],
)
def test_no_credential_stays_in_an_address(query: str, expected: tuple[str, bytes]) -> None:
    assert take_key(query) == expected


def test_keys_and_tokens_have_their_headers() -> None:
    assert credential(b"AIza", native=True) == (b"x-goog-api-key", b"AIza")
    assert credential(b"AIza", native=False) == (b"authorization", b"Bearer AIza")
    assert credential(b"ya29.x", native=True) == (b"authorization", b"Bearer ya29.x")


@pytest.mark.parametrize(
    ("given", "native", "expected"),
    [
        ((b"authorization", b"Bearer AIza"), True, (b"x-goog-api-key", b"AIza")),
        ((b"authorization", b"bearer AIza"), False, (b"authorization", b"Bearer AIza")),
        ((b"authorization", b"Bearer ya29.x"), True, (b"authorization", b"Bearer ya29.x")),
        ((b"x-goog-api-key", b"AIza"), True, (b"x-goog-api-key", b"AIza")),
        ((b"x-goog-api-key", b"AIza"), False, (b"authorization", b"Bearer AIza")),
        ((b"x-api-key", b"AIza"), True, (b"x-goog-api-key", b"AIza")),
        ((b"authorization", b"Basic abc"), True, (b"authorization", b"Basic abc")),
    ],
)
def test_a_clients_key_goes_where_the_path_wants_it(
    given: tuple[bytes, bytes], native: bool, expected: tuple[bytes, bytes]
) -> None:
    made = with_client_key([given, JSON], b"", native=native)
    assert sorted(made) == sorted([expected, JSON])


def test_a_key_from_the_address_and_none_at_all() -> None:
    assert with_client_key([JSON], b"AIza", native=True) == [JSON, (b"x-goog-api-key", b"AIza")]
    assert with_client_key([JSON], b"", native=True) == [JSON]
