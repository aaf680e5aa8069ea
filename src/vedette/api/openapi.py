"""`python -m vedette.api.openapi` prints the OpenAPI document; the UI makes its types from it."""

import sys

import msgspec

from vedette import __version__
from vedette.api import routes_app


def main() -> None:
    """Print the document, indented, to standard output."""
    document = routes_app(version=__version__).openapi()
    encoded = msgspec.json.format(msgspec.json.encode(document), indent=2)
    sys.stdout.write(encoded.decode() + "\n")


if __name__ == "__main__":
    main()
