"""Libraries of channels that not every installation has."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from reportgen.errors import MissingLibrary


def optional_library(name: str, extra: str, purpose: str) -> Any:  # noqa: ANN401 - a module without types
    """Return a library.

    Args:
        name: Of its module.
        extra: The extra of the package that installs it.
        purpose: The key of the fleet file that needs it.

    Raises:
        MissingLibrary: It is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingLibrary(
            f"{purpose} needs the library {error.name or name}: pip install 'reportgen-connect[{extra}]'"
        ) from error
