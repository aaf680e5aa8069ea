"""What is kept of a user."""

from vedette.model.forgetting import Kept


def test_nothing_is_all_zero() -> None:
    assert Kept().is_nothing
    assert not Kept(notes=1).is_nothing
