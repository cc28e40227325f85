"""Pictures from hosts that a spec allows."""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import logging
import socket
import ssl
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from reportgen.connect.picture_files import LARGEST_BYTES
from reportgen.connect.remote_pictures import TRANSPORT, RemotePictures
from reportgen.connect.transport import UnsharedTransport
from reportgen.model import Picture
from reportgen.queries import Failure
from tests.faultserver import raw_reply as reply_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from reportgen.connect.transport import Call, Reply

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

    async def send(self, call: Call) -> Reply:
        """Send a call to a thread of this machine instead of the address; 127.0.0.2 would be asked through a proxy."""
        address = urlsplit(call.url)
        self.dialled.append((address.hostname or "", call.host))
        with socket.create_server(("127.0.0.2", 0)) as server:
            threading.Thread(target=self._answer, args=(server.accept,), daemon=True).start()
            port = server.getsockname()[1]
            url = address._replace(scheme="http", netloc=f"127.0.0.2:{port}").geturl()
            return await TRANSPORT.send(replace(call, url=url))

    def _answer(self, accept: Callable[[], tuple[socket.socket, object]]) -> None:
        far, _ = accept()
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
        return RemotePictures(hosts, seconds=seconds, resolve=self.resolve, transport=self).fetch(url)


def test_a_picture_comes_from_an_allowed_host() -> None:
    """The address that was looked up is dialled as the host, once, and nothing but the request is sent."""
    net = Net()
    assert net.fetch() == Picture("image/svg+xml", SVG)
    assert (net.asked, net.dialled) == ([HOST], [(PUBLIC, HOST)])
    assert net.heard[0].split(b"\r\n")[:2] == [b"GET /images/team.svg?v=2 HTTP/1.1", b"Host: cdn.example.com"]
    names = [line.partition(b":")[0].lower() for line in net.heard[0].split(b"\r\n")[1:] if line]
    assert sorted(names) == [b"accept", b"accept-encoding", b"connection", b"host", b"user-agent"]


def test_a_picture_is_logged_without_its_path(caplog: pytest.LogCaptureFixture) -> None:
    """S03: the line has the host and the status; path and query may hold a token, and show in no other line either."""
    caplog.set_level(logging.DEBUG)
    Net().fetch()
    (message,) = [record.getMessage() for record in caplog.records if record.name == "reportgen"]
    assert message.startswith("GET picture of cdn.example.com: 200 (")
    assert "team.svg" not in caplog.text


def test_an_address_of_ipv6_is_dialled() -> None:
    """Its colons are not taken for a port."""
    net = Net(names=("2606:2800:21f:cb07:6820:80da:af6b:8b2c",))
    assert net.fetch() == Picture("image/svg+xml", SVG)
    assert net.dialled == [("2606:2800:21f:cb07:6820:80da:af6b:8b2c", HOST)]


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would look the name up again."""
    for name in ("ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert Net().fetch() == Picture("image/svg+xml", SVG)


def test_a_picture_is_fetched_inside_an_event_loop() -> None:
    """A notebook, which has a loop of its own, makes reports too."""

    async def work() -> Picture | Failure:
        return Net().fetch()

    assert asyncio.run(work()) == Picture("image/svg+xml", SVG)


def test_a_packed_picture_is_unpacked() -> None:
    """Hosts pack SVG files; what is kept and checked is the picture itself, and its size is the unpacked one."""
    assert Net((raw_reply(gzip.compress(SVG), Content_Encoding="gzip"),)).fetch() == Picture("image/svg+xml", SVG)
    bomb = Net((raw_reply(gzip.compress(b" " * (LARGEST_BYTES + 1)), Content_Encoding="gzip"),)).fetch()
    assert isinstance(bomb, Failure)
    assert "larger than 10 MB" in bomb.reason


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
    first = RemotePictures((HOST,), tmp_path, resolve=net.resolve, transport=net).fetch_all([URL])
    again = RemotePictures((HOST,), tmp_path, offline=True, resolve=net.resolve, transport=net)
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
        got = RemotePictures((HOST,), resolve=resolve, transport=Net()).fetch(URL)
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
        (raw_reply(SVG, media="image/bmp"), "image/bmp instead of"),
        (raw_reply(b"GIF89a", media="image/png"), "is a damaged GIF file"),
        (raw_reply(b"", media="image/png"), "is no PNG, JPEG, WebP, GIF or SVG"),
        (raw_reply(b'<!DOCTYPE x [<!ENTITY a "b">]>' + SVG, media="image/svg+xml"), "document type"),
        (raw_reply(SVG, Content_Encoding="gzip"), "compression is broken"),
        (raw_reply(SVG, Content_Encoding="br"), "packed as br"),
        (raw_reply(b"x" * (LARGEST_BYTES + 1), media="image/png"), "larger than 10 MB"),
        (FOUND[:-9], "cut the connection"),
        (raw_reply(SVG, 404), "404"),
        (b"", "cut the connection"),
        (b"\x16\x03\x01 no HTTP\r\n\r\n", "cut the connection"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", "no media type"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000 + b"\r\n", "cut the connection"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
            "cut the connection",
        ),
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
        assert "did not answer completely within 0.3 seconds" in got.reason
    net = Net((endless + SVG, b" "), pause=1)
    got = net.fetch(seconds=0.3)
    assert isinstance(got, Failure)


def test_what_was_kept_is_not_fetched_again(tmp_path: Path) -> None:
    """The bytes are kept for their owner under a name that tells nothing, and a replay needs no network."""
    net, folder = Net(), tmp_path / "pictures"
    pictures = RemotePictures((HOST,), folder, resolve=net.resolve, transport=net)
    assert pictures.fetch(URL) == pictures.fetch(URL) == Picture("image/svg+xml", SVG)
    (kept,) = folder.iterdir()
    assert (len(net.dialled), kept.read_bytes(), kept.stat().st_mode & 0o777) == (1, SVG, 0o600)
    offline = RemotePictures((HOST,), folder, offline=True, resolve=net.resolve, transport=net)
    assert offline.fetch(URL) == Picture("image/svg+xml", SVG)
    got = offline.fetch(f"https://{HOST}/other.svg")
    assert isinstance(got, Failure)
    assert "recorded" in got.reason
    assert len(net.dialled) == 1


@dataclass(slots=True)
class Internet(httpx.AsyncBaseTransport):
    """Connects to a port of this machine in place of every address, and keeps which it was."""

    port: int
    trusted: ssl.SSLContext
    asked: list[str] = field(default_factory=list)
    sockets: httpx.AsyncHTTPTransport = field(init=False)

    def __post_init__(self) -> None:
        """Open the sockets' pool."""
        self.sockets = httpx.AsyncHTTPTransport(verify=self.trusted)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request."""
        self.asked.append(str(request.url))
        request.url = request.url.copy_with(host="127.0.0.1", port=self.port)
        return await self.sockets.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the sockets."""
        await self.sockets.aclose()


def certificate(host: str, folder: Path) -> Path:
    """Write a key and a certificate for a host, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "an authority of the test")])
    start = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), start, start.replace(2120))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "host.pem"
    unlocked = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, unlocked)
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


@contextmanager
def secured(path: Path, answer: bytes) -> Iterator[tuple[int, list[str | None]]]:
    """Answer one connection under a certificate, and keep the name that it asks for."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    named: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: named.append(name)

    def serve() -> None:
        plain, _ = server.accept()
        try:
            stream = context.wrap_socket(plain, server_side=True)
        except OSError:  # the other side does not trust it
            plain.close()
            return
        with stream:
            stream.recv(65_536)
            stream.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1], named
        thread.join()


@pytest.mark.parametrize(
    ("proven", "trusted", "fetched"),
    [(HOST, True, True), ("other.example.com", True, False), (PUBLIC, True, False), (HOST, False, False)],
)
def test_the_host_is_named_and_proven(tmp_path: Path, proven: str, *, trusted: bool, fetched: bool) -> None:
    """The connection goes to the address, asks for the host by its name, and trusts nobody who cannot prove it."""
    path = certificate(proven, tmp_path)
    with secured(path, FOUND) as (port, named):
        internet = Internet(port, ssl.create_default_context(cafile=path if trusted else None))
        transport = UnsharedTransport(LARGEST_BYTES, internet)
        got = RemotePictures((HOST,), resolve=lambda _: [PUBLIC], transport=transport).fetch(URL)
    assert (internet.asked, named) == ([f"https://{PUBLIC}/images/team.svg?v=2"], [HOST])
    assert got == Picture("image/svg+xml", SVG) if fetched else "valid certificate" in getattr(got, "reason", "")
