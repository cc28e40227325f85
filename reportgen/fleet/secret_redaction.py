"""The reason why a parcel was not sent, without secrets, whatever was raised and whatever a server repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.connect.cleaned_text import one_line
from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from reportgen.fleet.parcels import Channel

_HIDDEN = "[secret]"
_LONGEST = 400  # characters of a reason


def why_not_sent(channel: Channel, error: Exception) -> str:
    """Return the reason why a parcel was not sent, as a line of text.

    The text of an error that is not ours is left out: it may repeat anything. In the others, which may have
    a server's own words, every text of the channel's secrets is replaced.

    Args:
        channel: The channel that it was to be sent by.
        error: The error raised for it.
    """
    if isinstance(error, OSError):
        text = f"{error.filename or 'a file'}: {error.strerror or type(error).__name__}"
    elif isinstance(error, ReportgenError):
        text = str(error)
    else:
        text = f"{type(error).__name__}, which is a defect of reportgen"
    for secret in sorted(set(filter(None, channel.secrets())), key=len, reverse=True):
        text = text.replace(secret, _HIDDEN)
    return one_line(text, _LONGEST)
