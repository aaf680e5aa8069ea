"""Shapes of findings and exceptions."""

from vedette.api.finding_shapes import (
    allow_shape,
    calibration_shape,
    precision_shape,
    totals_shape,
)
from vedette.guard.feedback import Precision, calibrate
from vedette.guard.overview import Totals
from vedette.model.governance import AllowEntry, Threshold


def test_precision_is_rounded_and_nothing_is_none() -> None:
    assert precision_shape(None) is None
    assert precision_shape(Precision(names=(), true=0, false=0)) is None
    shown = precision_shape(Precision(names=(), true=2, false=1))
    assert shown is not None
    assert (shown.share, shown.true, shown.false) == (0.6667, 2, 1)


def test_money_is_told_in_dollars() -> None:
    assert totals_shape(Totals(cost_nano_usd=1_500_000)).cost_usd == "0.001500"


def test_an_entry_says_whether_it_holds() -> None:
    entry = AllowEntry(id="a", kind="value", value="v", expires_ns=100)
    assert allow_shape(entry, 99).is_expired is False
    assert allow_shape(entry, 100).is_expired is True


def test_a_calibration_tells_what_is_applied() -> None:
    applied = Threshold(project_id="p", detector="pii", threshold=0.8)
    assert calibration_shape(calibrate("pii", []), applied).applied == 0.8
    assert calibration_shape(calibrate("pii", []), None).applied is None
