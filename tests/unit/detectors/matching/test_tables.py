"""Tables are read by type, macros expanded."""

from vedette.detectors.matching.tables import expand, read_table


def test_macros_are_expanded_and_other_names_left() -> None:
    assert expand(r"<left>a(?P<name>b)<x>", {"left": "^"}) == r"^a(?P<name>b)<x>"


def test_tables_are_read() -> None:
    words = read_table("languages.yaml", dict[str, str])
    assert "the" in words["en"].split()
