"""What a worker hands over is settled where it waited."""

from pathlib import Path

from tests.support.exchanges import make_record
from vedette.app.sinks import open_sink, place_of
from vedette.clock import SystemClock
from vedette.model.policy import Policy
from vedette.model.settings import GatewaySettings


def test_calls_wait_beside_the_spill_files(tmp_path: Path) -> None:
    assert place_of(str(tmp_path / "spill")) == tmp_path / "after"
    assert place_of("") is None


async def test_a_record_that_is_spilled_waits_no_more(tmp_path: Path) -> None:
    settings = GatewaySettings(
        version=1, spill_dir=str(tmp_path / "spill"), collector=str(tmp_path / "no.sock")
    )
    sink, pending = open_sink(settings, "w", SystemClock())
    assert await pending.put(make_record(), Policy(name="p", rules=()), {})
    assert len(list((tmp_path / "after" / "w").iterdir())) == 2
    sink.keep(make_record())
    await sink.close(timeout_s=0.1)
    await pending.close()
    assert not (tmp_path / "after" / "w").exists()
    assert len(list((tmp_path / "spill").iterdir())) == 1
