"""The guard of the core."""

from pathlib import Path

from msgspec.structs import replace

from tests.support.auditing import Office
from vedette.access.desk import AccessDesk
from vedette.app.guarding import Guarding
from vedette.app.models import OwnGateway
from vedette.guard.policies import bundled
from vedette.model.settings import CoreSettings, GatewaySettings, GuardSettings


class Room:
    def __init__(self, folder: Path) -> None:
        self.office = Office(folder)
        self.settings = CoreSettings(version=1, policies_file=str(folder / "policies.json"))
        self.guarding = Guarding(
            lambda: self.settings, self.office.records,
            AccessDesk(self.office.records, self.office.clock), self.office.desk.outbox,
            gateway=OwnGateway(str, b""), clock=self.office.clock,
        )  # fmt: skip

    async def close(self) -> None:
        await self.guarding.callbacks.close()
        self.guarding.close()
        self.office.close()


async def test_the_configured_policy_is_that_of_the_settings_in_force(tmp_path: Path) -> None:
    room = Room(tmp_path)
    assert room.guarding.configured_policy() is None
    policy = bundled().get("strict")
    routing = GatewaySettings(version=1, guard=GuardSettings(policy=policy))
    room.settings = replace(room.settings, routing=routing)
    assert room.guarding.configured_policy() == policy
    await room.close()


async def test_a_start_writes_the_policies_for_the_gateway(tmp_path: Path) -> None:
    room = Room(tmp_path)
    await room.guarding.start()
    assert (tmp_path / "policies.json").exists()
    await room.close()
