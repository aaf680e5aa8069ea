"""What a key is counted under."""

from vedette.model.tenant import VirtualKey


def test_a_rotated_key_goes_on_with_the_account_of_the_first() -> None:
    first = VirtualKey(id="a", sha256="", project_id="p")
    second = VirtualKey(id="b", sha256="", project_id="p", replaces=first.account_id)
    third = VirtualKey(id="c", sha256="", project_id="p", replaces=second.account_id)
    assert [key.account_id for key in (first, second, third)] == ["a", "a", "a"]
