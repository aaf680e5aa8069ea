"""Settings as they may be shown."""

import re
from datetime import date
from decimal import Decimal

from pydantic import BaseModel, SecretStr

MASK = "********"
_PERSON = re.compile(r"//[^/?#\s]*@")
_QUERY = re.compile(r"\?[^#\s]+")


def masked(value: object) -> object:
    """The tree as plain values, with every secret replaced by `MASK`: in addresses what stands
    before the host, and the query."""
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
        case str() if "://" in value:
            return _QUERY.sub(f"?{MASK}", _PERSON.sub(f"//{MASK}@", value))
        case _:
            return value
