"""What a receiver's refusal says."""

from vedette.ports.alerts import NotDelivered


def test_a_refusal_may_be_final_or_ask_for_time() -> None:
    again = NotDelivered("Busy.", retry_after_s=5)
    assert (again.is_final, again.retry_after_s, again.message) == (False, 5, "Busy.")
    assert NotDelivered("No.", is_final=True).is_final
