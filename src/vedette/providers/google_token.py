"""Access tokens of Google Cloud, from the credentials file of a service account or of a person.

https://developers.google.com/identity/protocols/oauth2/service-account#httprest

A service account signs a claim with its private key and gets a token for it (RFC 7523). What
`gcloud auth application-default login` leaves behind is a refresh token, which needs no signing.
Signing is done by the package `cryptography`, imported when the first claim is signed.
"""

import base64
from urllib.parse import urlencode

import msgspec

from vedette.errors import ConfigError, VedetteError
from vedette.ports.provider import Token, TokenRequest

_SCOPE = "https://www.googleapis.com/auth/cloud-platform"
_TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_LIFE_S = 3600
_FORM = (b"content-type", b"application/x-www-form-urlencoded")


class GoogleTokenRefused(VedetteError):
    """Google gives no access token."""

    code = "google_token_refused"
    status = 502


class _Answer(msgspec.Struct):
    access_token: str = ""
    expires_in: float = 0
    error: str = ""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A credentials file, as far as it is used."""

    type: str = "service_account"
    client_email: str = ""
    private_key: str = ""
    private_key_id: str = ""
    token_uri: str = _TOKEN_URI
    project_id: str = ""
    client_id: str = ""
    client_secret: str = ""
    refresh_token: str = ""
    quota_project_id: str = ""

    @classmethod
    def read(cls, text: str) -> "Account":
        """Raises ConfigError where the text is no credentials file that we can use."""
        try:
            account = msgspec.json.decode(text, type=cls)
        except msgspec.MsgspecError:
            # Not the cause: it could quote the file.
            raise ConfigError("The Google credentials are no JSON of a credentials file.") from None
        wanted = _WANTED.get(account.type)
        if wanted is None:
            known = " or ".join(_WANTED)
            raise ConfigError(
                f"Google credentials of type {account.type!r} cannot be used. Known: {known}."
            )
        missing = [name for name in wanted if not getattr(account, name)]
        if missing:
            raise ConfigError(f"The Google credentials have no {' and no '.join(missing)}.")
        return account

    def token_request(self, now_s: float) -> TokenRequest:
        """The call that gets a token. Raises ConfigError where the key cannot sign."""
        if self.type == "service_account":
            form = {"grant_type": _GRANT, "assertion": self._assertion(int(now_s))}
        else:
            form = {
                "grant_type": "refresh_token",
                "client_id": self.client_id,
                "client_secret": self.client_secret,
                "refresh_token": self.refresh_token,
            }
        return TokenRequest(self.token_uri, [_FORM], urlencode(form).encode())

    def _assertion(self, now_s: int) -> str:
        header = {"alg": "RS256", "typ": "JWT", "kid": self.private_key_id}
        claims = {
            "iss": self.client_email,
            "scope": _SCOPE,
            "aud": self.token_uri,
            "iat": now_s,
            "exp": now_s + _LIFE_S,
        }
        signed = b".".join(_encode(msgspec.json.encode(part)) for part in (header, claims))
        return (signed + b"." + _encode(_sign(signed, self.private_key))).decode()


_WANTED = {
    "service_account": ("client_email", "private_key"),
    "authorized_user": ("client_id", "client_secret", "refresh_token"),
}


def read_token(body: bytes, provider: str) -> Token:
    """The token in Google's answer. Raises GoogleTokenRefused where there is none."""
    try:
        answer = msgspec.json.decode(body, type=_Answer)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        answer = _Answer()
    if not answer.access_token:
        # Their own word and nothing of what they describe.
        word = answer.error if answer.error.isidentifier() and len(answer.error) < 60 else ""
        raise GoogleTokenRefused(
            f"Google gives provider {provider!r} no token: {word or 'no answer'}."
        )
    return Token(answer.access_token, answer.expires_in)


def _encode(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def _sign(data: bytes, private_key: str) -> bytes:
    """RS256 (RFC 7518, 3.3)."""
    try:
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import padding, rsa
    except ImportError as error:
        raise ConfigError(
            "A Google service account needs the package 'cryptography'. Install it."
        ) from error
    try:
        key = serialization.load_pem_private_key(private_key.encode(), password=None)
    except (ValueError, TypeError):
        raise ConfigError("The private key of the Google credentials cannot be read.") from None
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ConfigError("The private key of the Google credentials is no RSA key.")
    return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
