"""What all codecs say in the same way."""

from vedette.dialects.contract import Unsupported


def test_what_cannot_be_expressed_names_its_field() -> None:
    error = Unsupported("n", "is not possible here.")
    assert (error.status, error.code, error.param) == (400, "unsupported_parameter", "n")
    assert error.message == "'n' is not possible here."
