"""Documents as plain values."""

from vedette.model.document import Document


def test_a_document_may_be_a_title_alone() -> None:
    assert Document(title="x").tables == ()
