"""Where a call goes: its plan by header, model or default, and whether its key may make it."""

from vedette.gateway.exchange import Exchange
from vedette.gateway.runtime import Runtime
from vedette.gateway.services import Services
from vedette.gateway.wishes import as_wished


def take_plan(exchange: Exchange, runtime: Runtime, services: Services) -> None:
    """Note the plan of a call whose model is known. Raises UnknownModel, BadRequest, OutOfScope."""
    directory, request = runtime.directory, exchange.request
    named = request.header(b"x-vedette-provider")
    if named is not None:
        exchange.plan = directory.provider(named.decode("latin-1"))
    elif exchange.requested_model:
        exchange.plan = directory.plan(exchange.requested_model)
    else:
        exchange.plan = directory.provider("")
    exchange.capture_mode = exchange.plan.capture or runtime.settings.capture
    exchange.plan = as_wished(exchange.plan, request)
    if exchange.tenant is not None:
        runtime.gatekeeper.tenants.check_scopes(exchange.tenant, exchange)
    exchange.capture.limit = services.most_captured(exchange)
