"""How long to wait, in whatever form it is said."""

from vedette.gateway.waits import header, retry_after


def test_the_first_value_of_a_header_counts() -> None:
    assert header([(b"a", b"1"), (b"a", b"2")], b"a") == b"1"
    assert header([], b"a") is None


def test_retry_after_is_read_in_all_its_forms() -> None:
    assert retry_after([(b"retry-after", b"7")], 0.0) == 7.0
    assert retry_after([(b"retry-after-ms", b"1500"), (b"retry-after", b"9")], 0.0) == 1.5
    assert retry_after([(b"x-ms-retry-after-ms", b"250")], 0.0) == 0.25
    date = b"Thu, 01 Jan 1970 00:01:00 GMT"
    assert retry_after([(b"retry-after", date)], 20.0) == 40.0
    assert retry_after([(b"retry-after", b"soon")], 0.0) is None
    assert retry_after([(b"retry-after", b"-5")], 0.0) is None
    assert retry_after([], 0.0) is None
