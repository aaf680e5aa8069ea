"""What the frameworks want."""

from typing import get_args

from vedette.audit.frameworks import CONTROLS, NOTICE, TITLES
from vedette.model.compliance import FRAMEWORKS, SectionId


def test_every_framework_has_its_title_and_requirements() -> None:
    assert set(TITLES) == set(CONTROLS) == set(FRAMEWORKS)
    for controls in CONTROLS.values():
        assert len({control.id for control in controls}) == len(controls) > 4
        for control in controls:
            assert control.sections
            assert set(control.sections) <= set(get_args(SectionId))


def test_nothing_is_certified() -> None:
    assert "not a certification" in NOTICE
