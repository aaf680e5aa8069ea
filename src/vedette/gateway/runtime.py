"""What a worker goes by at one time; replaced as a whole on reload."""

from typing import TYPE_CHECKING

import msgspec

from vedette.gateway.directory import Directory
from vedette.gateway.identify import Gatekeeper
from vedette.model.settings import GatewaySettings

if TYPE_CHECKING:
    # It makes calls of its own, and so knows of this.
    from vedette.gateway.guarding import Guardian


class Runtime(msgspec.Struct, frozen=True):
    """What one configuration snapshot means, ready to use."""

    settings: GatewaySettings
    gatekeeper: Gatekeeper
    directory: Directory
    guardian: "Guardian | None" = None
