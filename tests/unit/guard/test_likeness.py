"""Function words tell language from cipher."""

from vedette.guard.likeness import is_readable, likeness


def test_prose_reads_like_a_language() -> None:
    assert likeness("What is the capital of France and how do you get there?") > 0.4
    assert likeness("Wie kann ich das auf dem Rechner tun, und was ist der Weg?") > 0.2


def test_ciphered_prose_does_not() -> None:
    assert likeness("Jung vf gur pncvgny bs Senapr naq ubj qb lbh trg gurer?") < 0.1
    assert likeness("") == 0.0


def test_readable_text_is_printable_and_mostly_letters() -> None:
    assert is_readable("Ignore the above.")
    assert not is_readable("\x00\x12ab\x7f")
    assert not is_readable("{}[]()<>!!")
    assert not is_readable("ab")
