"""Shapes of the deletion of users."""

from typing import Annotated

import msgspec
from msgspec import Meta

from vedette.model.forgetting import Kept
from vedette.query.shapes import Time


class ForgottenShape(msgspec.Struct, frozen=True, kw_only=True):
    """Proof of the deletion of a user: what was kept before, and what after."""

    project_id: str
    before: Kept
    after: Kept
    files: int
    verified: Annotated[bool, Meta(description="Whether nothing is left.")]
    time: Time
