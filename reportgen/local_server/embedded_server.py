"""uvicorn inside a program that has other work to do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from collections.abc import Generator


class UnsignalledServer(uvicorn.Server):
    """A server that leaves signals to its program, in whichever thread it runs: Ctrl-C is the command's."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Serve without a handler of signals."""
        yield
