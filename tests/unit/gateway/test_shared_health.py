"""A table that the workers of a machine share."""

from pathlib import Path

from vedette.gateway.shared_health import SharedHealth


def test_what_one_writes_the_others_read(tmp_path: Path) -> None:
    one, other = (SharedHealth.at(str(tmp_path / "page")) for _ in range(2))
    assert one.cell("a/m", only_looks=True) == -1
    cell = one.cell("a/m")
    one.write(cell, 7.5)
    assert other.cell("a/m", only_looks=True) == cell
    assert other.read(cell) == 7.5


def test_a_full_table_shares_no_more(tmp_path: Path) -> None:
    page = SharedHealth.at(str(tmp_path / "page"))
    cells = {page.cell(f"p/{number}") for number in range(256)}
    assert len(cells) == 256
    assert page.cell("p/one more") == -1
    assert page.cell("p/7") in cells
