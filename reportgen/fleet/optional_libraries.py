"""Libraries of channels that not every installation has."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from reportgen.errors import MissingLibrary

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def installed_by(extra: str, purpose: str) -> Iterator[None]:
    """Import libraries in a `with` block.

    Args:
        extra: The extra of the package that installs them.
        purpose: The key of the fleet file that needs them.

    Raises:
        MissingLibrary: A library is not installed.
    """
    try:
        yield
    except ImportError as error:
        raise MissingLibrary(
            f"{purpose} needs the library {error.name}: pip install 'reportgen-connect[{extra}]'"
        ) from error
