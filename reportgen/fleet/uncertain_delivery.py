"""The error of a delivery that may have arrived."""

from __future__ import annotations

from reportgen.errors import OutputError


class Uncertain(OutputError):  # noqa: N818 - reads as what happened, like those of reportgen.errors
    """A parcel may have arrived, or not: the connection was lost while it was sent."""
