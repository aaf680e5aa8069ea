"""Probes as the API tells of them."""

from msgspec.structs import replace

from tests.support.probing import PROJECT, ProbeWorld, answered, probe
from vedette.api.probe_shapes import probe_shape, run_shape


def test_a_probe_and_its_run() -> None:
    world = ProbeWorld()
    world.desk.add(PROJECT, probe())
    before = probe_shape(world.desk.get(PROJECT, "capital"))
    assert (before.next_time, before.recent, before.is_running) == (None, (), False)
    world.answer = lambda: answered("Lyon")
    run = run_shape(world.run_now())
    assert (run.status, run.cost_usd) == ("failed", "0.001000")
    assert (run.samples[0].answer, run.samples[0].cost_usd) == ("Lyon", "0.001000")
    after = probe_shape(world.desk.get(PROJECT, "capital"))
    assert (after.is_failing, after.spent_usd, after.baseline) == (True, "0.001000", {"m": 0})
    assert after.next_time is not None
    world.desk.switch(PROJECT, "capital", is_on=False)
    assert probe_shape(world.desk.get(PROJECT, "capital")).next_time is None


def test_one_of_the_file_has_no_version() -> None:
    world = ProbeWorld()
    world.configured = (replace(probe(), name="filed"),)
    shape = probe_shape(world.desk.get(PROJECT, "filed"))
    assert (shape.origin, shape.version, shape.updated_time) == ("file", 0, None)
