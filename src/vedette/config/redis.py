"""Where several machines meet."""

from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from vedette.config.values import OptionalSecret, Section

_SCHEMES = ("redis://", "rediss://", "unix://")


def _url(value: SecretStr | None) -> SecretStr | None:
    if value is not None and not value.get_secret_value().startswith(_SCHEMES):
        raise ValueError("expected an address such as redis://host:6379/0 or rediss://host:6380")
    return value


class RedisConfig(Section):
    """A Redis or Valkey server where several machines share limits, budgets and cached answers.
    Needs `pip install 'vedette[redis]'`."""

    url: Annotated[OptionalSecret, AfterValidator(_url)] = None
    """`redis://[user:password@]host:port/db`, `rediss://` with TLS, or `unix:///path`. Empty: this
    machine is alone."""
    ca_file: str = ""
    """Certificates (PEM) that a `rediss://` server is checked against, together with its name.
    Empty: those of the system."""
    prefix: Annotated[str, Field(pattern=r"^[A-Za-z0-9._:-]{1,64}$")] = "vedette"
    """Begins all names there; machines with the same prefix belong together."""
    timeout_s: Annotated[float, Field(gt=0, le=30, allow_inf_nan=False)] = 1.0
    """Seconds to wait for an answer; after that the server counts as away."""
