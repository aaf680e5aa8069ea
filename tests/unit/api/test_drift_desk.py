"""What is said where nothing is watched."""

from vedette.api.drift_desk import NoDrift


def test_it_is_not_available() -> None:
    assert (NoDrift.status, NoDrift.code) == (503, "drift_unavailable")
