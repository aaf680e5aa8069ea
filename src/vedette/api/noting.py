"""Changes that are made outside the record store, with their entry in the audit log."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from starlette.requests import Request

from vedette.api.context import context_of
from vedette.model.audit import AuditEvent

Given = ParamSpec("Given")
Found = TypeVar("Found")


async def noted(
    request: Request, event: AuditEvent, work: Callable[Given, Found], *args: Given.args,
    **kwargs: Given.kwargs,
) -> Found:  # fmt: skip
    """What `work` returns, run in a thread; logged as the event says, unless it is refused."""
    context = context_of(request)
    audit = context.services.audit

    def run() -> Found:
        if audit is None:
            return work(*args, **kwargs)
        with audit.outbox.noting(event):
            return work(*args, **kwargs)

    return await context.threads.run(run)


async def note(request: Request, event: AuditEvent) -> None:
    """Log what has happened already."""
    context = context_of(request)
    if context.services.audit is not None:
        await context.threads.run(context.services.audit.outbox.send, event)
