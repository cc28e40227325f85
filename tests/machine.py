"""What a test needs of the machine beyond the libraries; without it the test is skipped, and `.ci/run` installs it."""

from __future__ import annotations

import shutil
from functools import lru_cache

import pytest


def office() -> str:
    """Return LibreOffice's command."""
    return shutil.which("soffice") or pytest.skip("LibreOffice (soffice) is not installed")


def chromium() -> str:
    """Return Chromium's command: the one without windows, where it is installed, opens a page in a quarter of the time.

    Its engine and its version are those of the other.
    """
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return found or pytest.skip("Chromium (chromium-headless-shell) is not installed")


needs_scripts = pytest.mark.letters("سلام שלום नमस्ते สวัสดี こんにちは 안녕 你好 வணக்கம்")
needs_japanese = pytest.mark.letters("日本語のデータ")


def need_letters(item: pytest.Item) -> None:
    """Skip a test whose marks name letters that no font of this machine has; the renderer itself is asked, once."""
    for mark in item.iter_markers("letters"):
        if _has_no_font(*mark.args):
            pytest.skip(
                f"the fonts of this machine lack letters of {mark.args[0]!r}; fonts-noto-core and -cjk have them"
            )


@lru_cache(maxsize=2)
def _has_no_font(text: str) -> bool:
    from reportgen.outputs.pdf.engine import print_page  # takes long to load

    return bool(print_page(f"<p>{text}</p>")[2])
