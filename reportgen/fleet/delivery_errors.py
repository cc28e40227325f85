"""The errors of deliveries that say whether a parcel may have arrived, and whether it may go at a later time."""

from __future__ import annotations

from reportgen.errors import OutputError


class Uncertain(OutputError):  # noqa: N818 - reads as what happened, like those of reportgen.errors
    """A parcel may have arrived, or not: the connection was lost while it was sent."""


class Postponed(OutputError):  # noqa: N818 - see above
    """A parcel certainly did not arrive, and may go out at a later time: its server is away, or asks to wait."""
