"""From what a provider says of somebody to a user.

1. Whom the provider named before is the same user, whatever became of his address.
2. A verified address of a user makes the two one; an account elsewhere that later gets the same
   address does not (it has another subject).
3. Invitations to the address are accepted.
4. Whoever is left is made a user where the configuration says so, and else is nobody.

A place that groups gave is taken or changed by groups; one that somebody gave by hand stays.
"""

import logging

from vedette.access.checks import InvalidSetting
from vedette.access.desk import AccessDesk
from vedette.access.people import People, check_email
from vedette.access.signon.refusals import AddressUnverified, NobodyKnown
from vedette.errors import Conflict, NotFound
from vedette.model.signon import Admission, Assertion
from vedette.model.user import Identity, Membership, Role, User

log = logging.getLogger(__name__)

_RANKS: tuple[Role, ...] = ("owner", "admin", "member", "viewer")


def admit(desk: AccessDesk, provider: str, rules: Admission, found: Assertion) -> User:
    """The user who may come in. May block. Raises SignOnRefused, InvalidSetting or StoreError."""
    email = _address(rules, found)
    identity = Identity(issuer=found.issuer, subject=found.subject)
    with desk.people.using() as people:
        user = people.identified(identity) or _linked(people, identity, email)
        invited = people.invitations_to(email)
        if user is None:
            if not invited and not _may_make(rules, found):
                raise NobodyKnown("Nobody with this address has a place here.")
            user = _made(people, identity, email, found)
            if not invited:
                role = _role_of(rules, found) or rules.role
                _give_place(desk, provider, rules.organization, user, role)
        if user.disabled:
            raise NobodyKnown("This user is disabled.")
        for one in invited:
            people.take_place(one, user)
        if rules.roles:
            _follow_groups(desk, provider, rules, found, user)
        return user


def _address(rules: Admission, found: Assertion) -> str:
    if not found.email or not found.is_verified:
        raise AddressUnverified("The provider vouches for no address.")
    try:
        email = check_email(found.email)
    except InvalidSetting:
        raise AddressUnverified("The provider gives no address that could be one.") from None
    if rules.allowed_domains and email.rpartition("@")[2] not in rules.allowed_domains:
        raise NobodyKnown("The provider may not speak for addresses of this domain.")
    return email


def _linked(people: People, identity: Identity, email: str) -> User | None:
    user = people.find(email)
    if user is None:
        return None
    if any(one.issuer == identity.issuer for one in user.identities):
        raise NobodyKnown("The address belongs to a user who is somebody else at the provider.")
    if user.disabled:
        raise NobodyKnown("This user is disabled.")
    return people.change(user.id, identities=(*user.identities, identity))


def _made(people: People, identity: Identity, email: str, found: Assertion) -> User:
    try:
        made = people.create(email, name=found.name[:200])
    except Conflict as error:
        raise NobodyKnown(error.message) from None
    return people.change(made.id, identities=(identity,))


def _may_make(rules: Admission, found: Assertion) -> bool:
    return rules.create_users and (rules.role or _role_of(rules, found)) is not None


def _role_of(rules: Admission, found: Assertion) -> Role | None:
    """The highest that a group gives."""
    given = {rules.roles[group] for group in found.groups if group in rules.roles}
    return next((role for role in _RANKS if role in given), None)


def _follow_groups(
    desk: AccessDesk, provider: str, rules: Admission, found: Assertion, user: User
) -> None:
    role = _role_of(rules, found)
    place = desk.people.place_of(rules.organization, user.id)
    if place is None:
        _give_place(desk, provider, rules.organization, user, role)
        return
    if place.source != provider:
        return
    role = role or rules.role
    if role is None:
        desk.people.remove(rules.organization, user.id)
    elif role != place.role:
        _give_place(desk, provider, rules.organization, user, role)


def _give_place(
    desk: AccessDesk, provider: str, organization: str, user: User, role: Role | None
) -> None:
    if role is None:
        return
    try:
        desk.organizations.get(organization)
    except NotFound:
        log.warning("%s: there is no organization %r", provider, organization)
        return
    desk.people.place(Membership(
        user_id=user.id, organization_id=organization, role=role, source=provider
    ))  # fmt: skip
