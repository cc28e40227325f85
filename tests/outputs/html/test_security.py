"""What a page asks for and did not bring with it: nothing is dialled, nothing is read, the page is printed."""

from __future__ import annotations

import base64
import os
import socket
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import reportgen
from reportgen.outputs.pdf.engine import print_page

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = "what-no-report-holds"
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'

ADDRESSES = {  # T01: this machine, its network, and the metadata of a cloud, in every spelling
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "localhost": "http://localhost:{port}/x",
    "loopback": "http://127.0.0.1:{port}/x",
    "private": "http://10.0.0.1/x",
    "mapped": "http://[::ffff:127.0.0.1]:{port}/x",
    "ipv6": "http://[::1]:{port}/x",
    "decimal": "http://2130706433:{port}/x",
    "hexadecimal": "http://0x7f000001:{port}/x",
    "octal": "http://0177.0.0.1:{port}/x",
    "short": "http://127.1:{port}/x",
    "user": "http://example.com@127.0.0.1:{port}/x",
    "https": "https://127.0.0.1:{port}/x",
    "ftp": "ftp://127.0.0.1:{port}/x",
    "file": "file://{secret}",
    "file on a host": "file://localhost{secret}",
    "upper case": "FILE://{secret}",
    "zero": "http://0:{port}/x",
    "public": "https://example.com/x",
    "font path": "reportgen-font:../../{secret}",
    "jar": "jar:file://{secret}!/x",
}

PLACES = {  # T04: every way in which a page can name something to load
    "img": '<img src="{url}">',
    "srcset": '<img srcset="{url} 2x" src="{url}">',
    "stylesheet": '<link rel="stylesheet" href="{url}">',
    "attachment": '<link rel="attachment" href="{url}">',
    "linked attachment": '<a rel="attachment" href="{url}">x</a>',
    "icon": '<link rel="icon" href="{url}">',
    "object": '<object data="{url}"></object>',
    "embed": '<embed src="{url}">',
    "iframe": '<iframe src="{url}"></iframe>',
    "base": '<base href="{url}"><img src="x.png">',
    "inline style": '<p style="background: url({url})">x</p>',
    "import": '<style>@import "{url}";</style>',
    "import url": "<style>@import url({url}) print;</style>",
    "font face": "<style>@font-face {{ font-family: x; src: url({url}) }} p {{ font-family: x }}</style><p>x</p>",
    "colour profile": "<style>@color-profile --x {{ src: url({url}) }} p {{ color: color(--x 1 0 0 0) }}</style><p>",
    "content": "<style>p::before {{ content: url({url}) }}</style><p>x</p>",
    "list marker": "<style>li {{ list-style-image: url({url}) }}</style><ul><li>x</li></ul>",
    "border": "<style>p {{ border: 1px solid; border-image: url({url}) 1 }}</style><p>x</p>",
    "mask": "<style>p {{ mask-border: url({url}) 1 }}</style><p>x</p>",
    "page": "<style>@page {{ background: url({url}) }}</style><p>x</p>",
    "svg image": SVG.format('<image href="{url}" width="9" height="9"/>'),
    "svg xlink": SVG.format('<image xlink:href="{url}" width="9" height="9"/>'),
    "svg use": SVG.format('<use href="{url}#x"/>'),
    "svg style": SVG.format('<style>@import url({url});</style><rect width="9" height="9"/>'),
    "svg font": SVG.format("<style>@font-face {{ font-family: x; src: url({url}) }}</style><text>x</text>"),
    "svg fill": SVG.format('<rect fill="url({url}#x)" width="9" height="9"/>'),
    "svg stylesheet": '<?xml-stylesheet href="{url}"?>' + SVG.format(""),
    "local font": '<style>@font-face {{ font-family: x; src: local("DejaVu Sans"), url({url}) }}</style>',
    "entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "{url}">]><p>&e;</p>',
}
NEVER_ASKED = {"icon", "iframe", "svg use", "svg fill", "svg stylesheet", "entity"}
"""Places that WeasyPrint does not load at all."""

OWN = (Path(reportgen.__file__).parents[1], Path(sys.prefix), Path(sys.base_prefix))


class Seen:
    """What Python opened and dialled while it was asked to watch."""

    on = False
    opened: list[str]
    dialled: list[str]

    def hook(self, event: str, arguments: tuple[object, ...]) -> None:
        """Note an audit event."""
        if self.on and event == "open" and isinstance(arguments[0], str | os.PathLike):
            self.opened.append(str(Path.cwd() / arguments[0]))
        elif self.on and event in {"socket.__new__", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname"}:
            self.dialled.append(f"{event} {arguments[1:]}")


@pytest.fixture(scope="module")
def seen() -> Seen:
    """Return the watch; its hook cannot be taken off again, so it is set where it is used, and only then."""
    watch = Seen()
    sys.addaudithook(watch.hook)
    print_page(f'<img src="{PIXEL}"><p>x</p>')  # what is imported late is imported now
    return watch


@contextmanager
def watching(seen: Seen) -> Iterator[None]:
    """Watch from here to the end."""
    seen.opened, seen.dialled, seen.on = [], [], True
    try:
        yield
    finally:
        seen.on = False


@pytest.fixture
def target(tmp_path: Path) -> Iterator[dict[str, object]]:
    """Return what an address may lead to: a file that is not the report's, and a server that would answer."""
    secret = tmp_path / "secret.txt"
    secret.write_text(KEPT)
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield {"secret": secret, "port": server.getsockname()[1]}


def lost(seen: Seen, html: str) -> list[str]:
    """Print a page, assert that nobody went anywhere for it, and return what it is told to lack."""
    with watching(seen):
        content, failures, _ = print_page(html)
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    assert KEPT.encode() not in content
    assert (seen.dialled, [path for path in seen.opened if not is_own(Path(path))]) == ([], [])
    return failures


def is_own(path: Path) -> bool:
    """Return whether a file is of this package or its libraries, or a font that WeasyPrint unpacked itself."""
    return any(map(path.is_relative_to, OWN)) or any(part.startswith("weasyprint-") for part in path.parts)


@pytest.mark.parametrize("address", ["http://127.0.0.1:{port}/x", "file://{secret}", "reportgen-font:../{secret}"])
@pytest.mark.parametrize("place", PLACES)
def test_no_place_of_a_page_loads_anything(
    seen: Seen, target: dict[str, object], place: str, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    """T04, T05: wherever an address stands, nobody goes there, the page is printed, and what it lacks is told."""
    failures = lost(seen, PLACES[place].format(url=address.format(**target)))
    assert bool(failures) == (place not in NEVER_ASKED), failures
    caplog.clear()


@pytest.mark.parametrize("place", [name for name in PLACES if name.startswith("svg")])
def test_no_drawing_within_the_page_loads_anything(
    seen: Seen, target: dict[str, object], place: str, caplog: pytest.LogCaptureFixture
) -> None:
    """T04: a drawing that came as a data: address, and one within that, is held to the same."""
    inner = PLACES[place].format(url="http://127.0.0.1:{port}/x".format(**target)).encode()
    for _ in range(2):
        url = f"data:image/svg+xml;base64,{base64.b64encode(inner).decode()}"
        lost(seen, f'<img src="{url}">')
        inner = SVG.format(f'<image xlink:href="{url}" width="9" height="9"/>').encode()
    caplog.clear()


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_is_dialled(
    seen: Seen, target: dict[str, object], address: str, caplog: pytest.LogCaptureFixture
) -> None:
    """T01: however an address is spelled, it is not even looked up, and it is named."""
    url = ADDRESSES[address].format(**target)
    assert any(url[:100].casefold() in failure.casefold() for failure in lost(seen, f'<img src="{url}">'))
    caplog.clear()


def test_what_is_embedded_is_shown(seen: Seen) -> None:
    """A page's own data: addresses are not refused."""
    assert lost(seen, f'<img src="{PIXEL}">') == []


@pytest.mark.parametrize("url", ["data:", "data:image/png;base64,%%%", "DATA:text/plain,x", "data:,"])
def test_broken_data_addresses_stop_nothing(seen: Seen, url: str, caplog: pytest.LogCaptureFixture) -> None:
    """T05: a data: address that cannot be read is told, also where WeasyPrint catches nothing."""
    assert lost(seen, PLACES["img"].format(url=url))
    lost(seen, PLACES["colour profile"].format(url=url))
    caplog.clear()
