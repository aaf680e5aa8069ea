"""People as the API shows them."""

import msgspec

from vedette.api.people_shapes import invitation_shape, member_shape, token_shape, user_shape
from vedette.model.user import Invitation, Membership, PersonalToken, User

USER = User(
    id="usr_1", email="a@example.com", password="$argon2id$x", totp_secret="sealed",
    recovery=("ab",), reset_token="cd",
)  # fmt: skip


def test_nothing_secret_is_shown() -> None:
    place = Membership(user_id="usr_1", organization_id="o", role="viewer")
    invitation = Invitation(
        id="inv_1", email="b@example.com", organization_id="o", token_sha256="ef"
    )  # fmt: skip
    token = PersonalToken(id="tok_1", user_id="usr_1", name="ci", token_sha256="01")
    shown = msgspec.json.encode(
        [user_shape(USER), member_shape(USER, place), invitation_shape(invitation),
         token_shape(token)]
    ).decode()  # fmt: skip
    for secret in ("argon2", "sealed", '"ab"', '"cd"', '"ef"', '"01"'):
        assert secret not in shown
    assert user_shape(USER).has_totp
    assert member_shape(USER, place).permissions == ("calls.read", "usage.read")
