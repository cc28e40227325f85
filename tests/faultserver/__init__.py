"""An HTTP server on a real loopback socket that fails as a test says, and keeps what came in."""

from tests.faultserver.faults import (
    CutBody,
    Delay,
    Drip,
    Endless,
    Fault,
    GzipBomb,
    Hang,
    HangUp,
    Reply,
    Reset,
    header_bomb,
    json_reply,
    raw_reply,
    redirect,
    too_many,
)
from tests.faultserver.hits import Hit
from tests.faultserver.scripts import Script, answer_all, answering, echoing, payload_of, per_token, routed
from tests.faultserver.server import FaultServer, serving

__all__ = [
    "CutBody",
    "Delay",
    "Drip",
    "Endless",
    "Fault",
    "FaultServer",
    "GzipBomb",
    "Hang",
    "HangUp",
    "Hit",
    "Reply",
    "Reset",
    "Script",
    "answer_all",
    "answering",
    "echoing",
    "header_bomb",
    "json_reply",
    "payload_of",
    "per_token",
    "raw_reply",
    "redirect",
    "routed",
    "serving",
    "too_many",
]
