"""The tables of what is only told."""

from vedette.migrate.litellm_routes import ROUTING
from vedette.migrate.litellm_settings import MAKERS
from vedette.migrate.litellm_tables import NEAR, NEVER, SECTIONS, SETTINGS


def test_no_setting_is_told_of_in_two_ways() -> None:
    active = {*MAKERS, *ROUTING, *NEAR, *NEVER}
    for section, settings in SETTINGS.items():
        assert not active & settings.keys(), section
    assert not MAKERS.keys() & ROUTING.keys()
    assert not NEAR.keys() & {*MAKERS, *ROUTING, *NEVER}


def test_every_note_says_something() -> None:
    notes = [note for settings in SETTINGS.values() for note in settings.values()]
    notes += [*SECTIONS.values(), *NEVER.values(), *(note for _, note in NEAR.values())]
    assert all(len(note.split()) >= 3 and not note.endswith(".") for note in notes)
