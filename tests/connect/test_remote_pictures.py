"""Pictures from hosts that a spec allows."""

from __future__ import annotations

import errno
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from reportgen.connect.picture_files import LARGEST_BYTES
from reportgen.connect.remote_pictures import RemotePictures, dial
from reportgen.model import Picture
from reportgen.queries import Failure
from tests.faultserver import raw_reply as reply_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HOST, PUBLIC = "cdn.example.com", "93.184.215.14"
URL = f"https://{HOST}/images/team.svg?v=2"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'


def raw_reply(body: bytes, status: int = 200, media: str = "image/svg+xml", **headers: str) -> bytes:
    """Return a whole answer as it stands on the wire."""
    reply = reply_of(body, status, media, {name.replace("_", "-"): value for name, value in headers.items()})
    return reply.head + reply.body


FOUND = raw_reply(SVG, media="image/svg+xml")


@dataclass(slots=True)
class Net:
    """A network of one host: what its name stands for each time it is asked, and the bytes it answers."""

    pieces: tuple[bytes, ...] = (FOUND,)
    pause: float = 0
    names: tuple[str, ...] = (PUBLIC,)
    asked: list[str] = field(default_factory=list)
    dialled: list[tuple[str, str]] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)

    def resolve(self, host: str) -> list[str]:
        """Return the host's addresses; from the second question on, this machine's."""
        self.asked.append(host)
        return list(self.names) if len(self.asked) == 1 else ["127.0.0.1"]

    def dial(self, address: str, host: str) -> socket.socket:
        """Return one end of a pair; a thread answers at the other."""
        self.dialled.append((address, host))
        near, far = socket.socketpair()
        threading.Thread(target=self._answer, args=(far,), daemon=True).start()
        return near

    def _answer(self, far: socket.socket) -> None:
        with far:
            self.heard.append(far.recv(65_536))
            for piece in self.pieces:
                try:
                    far.sendall(piece)
                except OSError:  # the other side has had enough
                    return
                time.sleep(self.pause)

    def fetch(self, url: str = URL, hosts: tuple[str, ...] = (HOST,), seconds: float = 5) -> Picture | Failure:
        """Fetch a picture through this network."""
        return RemotePictures(hosts, seconds=seconds, resolve=self.resolve, dial=self.dial).fetch(url)


def test_a_picture_comes_from_an_allowed_host() -> None:
    """The address that was looked up is dialled as the host, once, and nothing but the request is sent."""
    net = Net()
    assert net.fetch() == Picture("image/svg+xml", SVG)
    assert (net.asked, net.dialled) == ([HOST], [(PUBLIC, HOST)])
    assert net.heard[0].split(b"\r\n")[:2] == [b"GET /images/team.svg?v=2 HTTP/1.1", b"Host: cdn.example.com"]
    assert b"Authorization" not in net.heard[0]


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        (URL, True),
        ("https://a.b.example.com/x.svg", True),
        ("https://example.com/x.svg", False),
        ("https://evilexample.com/x.svg", False),
        ("https://example.com.evil.example/x.svg", False),
    ],
)
def test_a_domain_allows_its_hosts_alone(url: str, *, allowed: bool) -> None:
    """T01: `*.example.com` stands for what ends in `.example.com`."""
    assert isinstance(Net().fetch(url, hosts=("*.example.com",)), Picture) is allowed


def test_pictures_are_kept_and_found_offline(tmp_path: Path) -> None:
    """What was fetched once is read from the recording, and what was not is not fetched beside it."""
    net = Net()
    first = RemotePictures((HOST,), tmp_path, resolve=net.resolve, dial=net.dial).fetch_all([URL])
    again = RemotePictures((HOST,), tmp_path, offline=True, resolve=net.resolve, dial=net.dial)
    other = "https://cdn.example.com/other.svg"
    found = again.fetch_all([URL, other])
    assert found[URL] == first[URL] == Picture("image/svg+xml", SVG)
    assert "not among what was recorded" in found[other].reason  # type: ignore[union-attr] # a Failure
    assert len(net.dialled) == 1


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://other.example.com/x.png", "not allowed"),
        ("https://cdn.example.com.evil.example/x.png", "not allowed"),
        ("http://cdn.example.com/x.png", "https://"),
        ("ftp://cdn.example.com/x.png", "https://"),
        ("file:///etc/passwd", "https://"),
        ("https://cdn.example.com:8443/x.png", "without port"),
        ("https://cdn.example.com@127.0.0.1/x.png", "user name"),
        ("https://user:x@cdn.example.com/x.png", "user name"),
        ("https://127.0.0.1/x.png", "not allowed"),
        ("https://[::1]/x.png", "not allowed"),
        ("https://[/x.png", "is no address"),
        ("https://cdn.example.com:x/x.png", "is no address"),
    ],
)
def test_other_addresses_are_not_looked_up(url: str, said: str) -> None:
    """T01: what is not https from an allowed host is refused before the network is touched."""
    net = Net()
    got = net.fetch(url)
    assert isinstance(got, Failure)
    assert said in got.reason
    assert (net.asked, net.dialled) == ([], [])


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "169.254.169.254", "10.0.0.1", "100.64.0.1"),
        *("::1", "fe80::1%eth0", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "::127.0.0.1"),
    ],
)
def test_a_name_that_stands_for_something_near_is_not_dialled(address: str) -> None:
    """T03: an allowed host with an address of this machine or its network, alone or among others, is refused."""
    for names in ((address,), (PUBLIC, address)):
        net = Net(names=names)
        got = net.fetch()
        assert isinstance(got, Failure)
        assert "not on the internet" in got.reason
        assert net.dialled == []


def test_a_name_that_changes_gains_nothing() -> None:
    """T03: the name is asked for once, so what it stands for later is never connected to."""
    net = Net()
    net.fetch()
    assert (len(net.asked), net.dialled) == (1, [(PUBLIC, HOST)])
    assert net.resolve(HOST) == ["127.0.0.1"]


def test_a_host_without_an_address_is_told() -> None:
    """A name that nobody knows is a reason, whether the answer is empty or an error."""

    def unknown(_: str) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    def nothing(_: str) -> list[str]:
        return []

    for resolve in (unknown, nothing):
        got = RemotePictures((HOST,), resolve=resolve, dial=Net().dial).fetch(URL)
        assert isinstance(got, Failure)


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "https://cdn.example.com/y"]
)
def test_redirects_are_not_followed(target: str) -> None:
    """T02: an allowed host cannot send us on, not even to itself."""
    net = Net((raw_reply(b"", 302, "text/html", Location=target),))
    got = net.fetch()
    assert isinstance(got, Failure)
    assert "302" in got.reason
    assert len(net.dialled) == 1


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (raw_reply(SVG, media="text/html"), "text/html instead of"),
        (raw_reply(SVG, media="image/gif"), "image/gif instead of"),
        (raw_reply(b"GIF89a", media="image/png"), "is no PNG, JPEG or SVG"),
        (raw_reply(b"", media="image/png"), "is no PNG, JPEG or SVG"),
        (raw_reply(b'<!DOCTYPE x [<!ENTITY a "b">]>' + SVG, media="image/svg+xml"), "document type"),
        (raw_reply(SVG, media="image/svg+xml", Content_Encoding="gzip"), "instead of"),
        (raw_reply(b"x" * (LARGEST_BYTES + 1), media="image/png"), "larger than 10 MB"),
        (FOUND[:-9], "ended early"),
        (raw_reply(SVG, 404), "404"),
        (b"", "cdn.example.com"),
        (b"\x16\x03\x01 no HTTP\r\n\r\n", "cdn.example.com"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", "cdn.example.com"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n", "cdn.example.com"),
    ],
)
def test_what_is_no_picture_is_told(reply: bytes, said: str) -> None:
    """T13: size, type, status and content are checked, and the reason names the picture without its query."""
    got = Net((reply,)).fetch()
    assert isinstance(got, Failure)
    assert said in got.reason
    assert (got.missing, "v=2" in got.reason) == ("failed", False)


def test_a_dripping_host_is_given_up() -> None:
    """All of a picture has one time limit, in the head and in the body, with and without a length."""
    endless = b"HTTP/1.1 200 OK\r\nContent-Type: image/svg+xml\r\n\r\n"
    for reply in (FOUND, endless + SVG):
        net = Net(tuple(bytes([byte]) for byte in reply), pause=0.05)
        got = net.fetch(seconds=0.3)
        assert isinstance(got, Failure)
        assert "did not come within 0.3 seconds" in got.reason
    net = Net((endless + SVG, b" "), pause=1)
    got = net.fetch(seconds=0.3)
    assert isinstance(got, Failure)


def test_what_was_kept_is_not_fetched_again(tmp_path: Path) -> None:
    """The bytes are kept for their owner under a name that tells nothing, and a replay needs no network."""
    net, folder = Net(), tmp_path / "pictures"
    pictures = RemotePictures((HOST,), folder, resolve=net.resolve, dial=net.dial)
    assert pictures.fetch(URL) == pictures.fetch(URL) == Picture("image/svg+xml", SVG)
    (kept,) = folder.iterdir()
    assert (len(net.dialled), kept.read_bytes(), kept.stat().st_mode & 0o777) == (1, SVG, 0o600)
    offline = RemotePictures((HOST,), folder, offline=True, resolve=net.resolve, dial=net.dial)
    assert offline.fetch(URL) == Picture("image/svg+xml", SVG)
    got = offline.fetch(f"https://{HOST}/other.svg")
    assert isinstance(got, Failure)
    assert "recorded" in got.reason
    assert len(net.dialled) == 1


@contextmanager
def listening(answer: Callable[[bytes], None]) -> Iterator[int]:
    """Listen on the loopback for one connection, and give its first bytes to a function."""

    def serve() -> None:
        stream, _ = server.accept()
        with stream:
            answer(stream.recv(65_536))

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


def test_the_host_is_named_and_proven() -> None:
    """The connection goes to the address, asks for the host by its name, and trusts nobody who cannot prove it."""
    heard: list[bytes] = []
    with listening(heard.append) as port, pytest.raises(OSError, match=r".") as raised:
        dial("127.0.0.1", HOST, port)
    assert raised.value.errno != errno.ECONNREFUSED
    assert HOST.encode() in heard[0]  # in the clear, in TLS's server name
