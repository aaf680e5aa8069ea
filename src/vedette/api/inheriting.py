"""What of the levels above a policy is to be known by whoever writes it."""

from starlette.requests import Request

from vedette.api.bounds import bounds_of
from vedette.api.context import context_of
from vedette.guard.stacking import NameAbove, names_above
from vedette.model.policy import Policy


def above(request: Request, policy: Policy) -> tuple[NameAbove, ...]:
    """Rules of policies in force that have the name of one of this policy; may block.

    Only of policies that one may see.
    """
    services, bounds = context_of(request).services, bounds_of(request)
    if services.policies is None:
        return ()
    upper = [
        one
        for live in services.policies.snapshot().policies
        for one in (live.policy, live.trial.policy if live.trial else None)
        if one is not None and bounds.holds("calls.read", one)
    ]
    configured = services.configured_policy()
    if configured is not None and bounds.everywhere("calls.read"):
        upper.append(configured)
    return tuple(dict.fromkeys(names_above(policy, upper)))
