"""The ways back from a view to the original."""

from vedette.ports.detector import View


def test_a_view_without_a_map_is_the_original() -> None:
    assert View(name="plain", text="hello").origin(1, 3) == (1, 3)


def test_a_view_with_a_map_goes_character_by_character() -> None:
    view = View(name="folded", text="ab", starts=[0, 4], ends=[3, 5])
    assert view.origin(0, 1) == (0, 3)
    assert view.origin(0, 2) == (0, 5)


def test_a_decoded_block_stands_for_all_of_it() -> None:
    assert View(name="base64", text="secret", whole=(7, 15)).origin(2, 3) == (7, 15)
