"""Settings as they may be shown."""

from datetime import date
from decimal import Decimal

from pydantic import BaseModel, SecretStr

MASK = "********"


def masked(value: object) -> object:
    """The tree as plain values, with every secret replaced by `MASK`."""
    match value:
        case SecretStr():
            return MASK
        case BaseModel():
            fields = type(value).model_fields.items()
            return {f.alias or name: masked(getattr(value, name)) for name, f in fields}
        case Decimal():
            return float(value)
        case date():
            return value.isoformat()
        case dict():
            return {name: masked(child) for name, child in value.items()}
        case tuple() | list():
            return [masked(child) for child in value]
        case _:
            return value
