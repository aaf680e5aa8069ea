"""OpenTelemetry's provider of tracers, as the SDK has it."""

import threading

from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

from vedette_sdk.settings import Settings
from vedette_sdk.version import __version__


class Provider(TracerProvider):
    """A provider that does next to nothing in the child of a fork.

    OpenTelemetry's asks for its resource again there, with threads. Under gevent these are
    greenlets: the child of a `subprocess` would run all of its parent's before it is replaced.
    """

    def _handle_fork(self) -> None:
        self._tracers_lock = threading.Lock()


def make_provider(settings: Settings, processor: SpanProcessor) -> Provider:
    """A provider whose spans end in `processor`."""
    named = {
        "service.name": settings.service_name,
        "deployment.environment.name": settings.environment,
        "telemetry.distro.name": "vedette-sdk", "telemetry.distro.version": __version__,
    }  # fmt: skip
    provider = Provider(
        resource=Resource.create({name: value for name, value in named.items() if value}),
        sampler=ParentBased(TraceIdRatioBased(settings.sample_rate)),
        shutdown_on_exit=False,
    )
    provider.add_span_processor(processor)
    return provider
