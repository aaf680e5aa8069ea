import csv

from vedette.costs.reports import rows_csv, sums_csv, usd
from vedette.model.ledger import LedgerRow, LedgerSum
from vedette.model.usage import Usage


def test_money_is_exact_and_unknown_is_empty() -> None:
    assert usd(12_000_000_001) == "12.000000001"
    assert usd(0) == "0.000000000"
    assert usd(None) == ""


def test_text_that_a_spreadsheet_would_run_is_quoted() -> None:
    written = sums_csv([LedgerSum(names=('=a,"b"',), usage=Usage(output_text=3))], ("user",))
    heading, line = written.splitlines()
    assert heading.startswith("user,requests,errors")
    assert line.startswith('"\'=a,""b""",0,0,0,0,0,3,')


def test_rows_are_written_one_by_one() -> None:
    row = LedgerRow(
        trace_id="a", span_id="b", at_ns=1, end_ns=2, project_id="p", organization_id="o",
        tags=("x", "y"),
    )  # fmt: skip
    (told,) = csv.DictReader(rows_csv(iter([row])))
    assert (told["project"], told["tags"]) == ("p", "x,y")
    assert (told["cost_usd"], told["saved_usd"]) == ("", "0.000000000")
