"""The script of the page, and the hash by which the page allows no other script."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from reportgen.resources import templates_folder


@lru_cache(maxsize=1)
def script() -> str:
    """Return the script: it orders the rows of tables and moves between the values of charts."""
    return (templates_folder() / "page.js").read_text("utf-8")


def script_hash() -> str:
    """Return the hash of the script as a Content-Security-Policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script().encode()).digest()).decode()
