"""What a test needs of the machine beyond the libraries; without it the test is skipped, and `.ci/run` installs it."""

from __future__ import annotations

import shutil

import pytest

from reportgen.outputs.pdf.engine import print_page


def office() -> str:
    """Return LibreOffice's command."""
    return shutil.which("soffice") or pytest.skip("LibreOffice (soffice) is not installed")


def chromium() -> str:
    """Return Chromium's command: the one without windows, where it is installed, opens a page in a quarter of the time.

    Its engine and its version are those of the other.
    """
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return found or pytest.skip("Chromium (chromium-headless-shell) is not installed")


needs_scripts = pytest.mark.skipif(
    bool(print_page("<p>سلام שלום नमस्ते สวัสดี こんにちは 안녕 你好 வணக்கம்</p>", b"x")[2]),
    reason="the fonts of this machine lack letters of other scripts; fonts-noto-core and fonts-noto-cjk have them",
)
needs_japanese = pytest.mark.skipif(
    bool(print_page("<p>日本語のデータ</p>", b"x")[2]),
    reason="no font of this machine has Japanese letters; fonts-noto-cjk has",
)
"""The renderer itself is asked, once."""
