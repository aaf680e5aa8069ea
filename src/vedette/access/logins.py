"""Logging in: password, one-time code, limits on guessing; setting a password anew.

Whether an address is known is not told, by words or by time. Wrong guesses are limited by address
of the network and by account, so that neither one machine nor many can try for long.
"""

import base64
import hmac

from vedette.access.checks import InvalidSetting
from vedette.access.envelope import Envelope, seal, unseal
from vedette.access.issuing import Chance
from vedette.access.passwords import hash_password, is_password
from vedette.access.people import People, digest
from vedette.access.totp import (
    SECRET_BYTES,
    hash_code,
    matching_step,
    new_codes,
    spend,
    uri,
)
from vedette.clock import Clock
from vedette.errors import NotFound, VedetteError
from vedette.model.user import User

RESET_NS = 3_600 * 10**9
_SPLIT = "."


class WrongLogin(VedetteError):
    """Address, password or code are wrong; which of them is not told."""

    code = "wrong_login"
    status = 401


class CodeNeeded(VedetteError):
    """The password is right; a one-time code is needed besides."""

    code = "totp_required"
    status = 401


class Logins:
    """Over the users. All methods may block: a password takes 50 ms."""

    def __init__(
        self, people: People, clock: Clock, chance: Chance, *, secret: bytes
    ) -> None:  # fmt: skip
        """`secret` seals the secrets of one-time codes."""
        self._people = people
        self._clock = clock
        self._chance = chance
        self._master = hmac.digest(secret, b"vedette one-time codes", "sha256")
        self._steps: dict[str, int] = {}

    def log_in(self, email: str, password: str, code: str = "") -> User:
        """Raises WrongLogin or CodeNeeded."""
        user = self._people.find(email)
        right = is_password(user.password if user else "", password)
        if user is None or not right or user.disabled:
            raise WrongLogin("Address or password are wrong.")
        if user.totp_secret:
            if not code:
                raise CodeNeeded("Enter the code of your app, or a recovery code.")
            self._check_code(user, code)
        return user

    def set_password(self, user_id: str, password: str) -> User:
        """All sessions are over. Raises NotFound or InvalidSetting."""
        return self._people.change(
            user_id, password=hash_password(password), sessions_from_ns=self._clock.now_ns(),
            reset_token="", reset_until_ns=0,
        )  # fmt: skip

    def change_password(self, user_id: str, old: str, new: str) -> User:
        """Raises WrongLogin or InvalidSetting."""
        self.confirm(user_id, old)
        return self.set_password(user_id, new)

    def confirm(self, user_id: str, password: str) -> User:
        """That it is still the same person. Raises WrongLogin."""
        user = self._people.get(user_id)
        if not is_password(user.password, password):
            raise WrongLogin("The password is wrong.")
        return user

    def begin_reset(self, user_id: str) -> str:
        """A token with which the password can be set anew within an hour. Raises NotFound."""
        token = self._chance(24).hex()
        until_ns = self._clock.now_ns() + RESET_NS
        self._people.change(user_id, reset_token=digest(token), reset_until_ns=until_ns)
        return token

    def reset(self, token: str, password: str) -> User:
        """Raises NotFound for a token that is unknown, used or too old, or InvalidSetting."""
        wanted, now_ns = digest(token), self._clock.now_ns()
        for user in self._people.list():
            if user.reset_token == wanted and user.reset_until_ns > now_ns and not user.disabled:
                return self.set_password(user.id, password)
        raise NotFound("This link does not exist, was used, or is too old.")

    def begin_totp(self, user: User) -> tuple[str, str]:
        """A new secret (base32) and what apps read; in force once a code of it was shown."""
        secret = self._chance(SECRET_BYTES)
        return base64.b32encode(secret).decode().rstrip("="), uri(secret, user.email)

    def confirm_totp(self, user_id: str, secret: str, code: str) -> tuple[str, ...]:
        """Put the secret in force; the recovery codes are shown this once. Raises WrongLogin or
        InvalidSetting."""
        content = _read_secret(secret)
        if matching_step(content, code, self._now_s()) is None:
            raise WrongLogin("The code does not fit. Is the clock of your phone right?")
        codes = new_codes(self._chance)
        self._people.change(
            user_id, totp_secret=self._sealed(user_id, content),
            recovery=tuple(map(hash_code, codes)),
        )  # fmt: skip
        return codes

    def drop_totp(self, user_id: str) -> User:
        """Ask for no code any more. Raises NotFound."""
        return self._people.change(user_id, totp_secret="", recovery=())

    def _check_code(self, user: User, code: str) -> None:
        step = matching_step(self._opened(user), code, self._now_s())
        if step is not None and step > self._steps.get(user.id, -1):
            # A code that somebody looked over the shoulder is of no use any more.
            self._steps[user.id] = step
            return
        left = spend(user.recovery, code)
        if left is None:
            raise WrongLogin("The code is wrong or was used.")
        self._people.change(user.id, recovery=left)

    def _sealed(self, user_id: str, secret: bytes) -> str:
        envelope = seal(base64.b32encode(secret), user_id, self._master, self._chance)
        parts = (envelope.data_key, envelope.content)
        return _SPLIT.join(base64.b64encode(part).decode() for part in parts)

    def _opened(self, user: User) -> bytes:
        data_key, content = map(base64.b64decode, user.totp_secret.split(_SPLIT))
        envelope = Envelope(data_key=data_key, content=content)
        return base64.b32decode(unseal(envelope, user.id, self._master))

    def _now_s(self) -> int:
        return self._clock.now_ns() // 10**9


def _read_secret(text: str) -> bytes:
    try:
        content = base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError:
        content = b""
    if len(content) != SECRET_BYTES:
        raise InvalidSetting("secret", "(hidden)", "the secret that was given")
    return content
