"""Tests of reportgen.connect.network_addresses."""

from __future__ import annotations

import pytest

from reportgen.connect.network_addresses import is_public, join_address
from reportgen.errors import ConfigurationError


@pytest.mark.parametrize(
    "address", ["https://connect.reportei.com/api", "https://connect.reportei.com/api/", "HTTPS://h:8443/api"]
)
@pytest.mark.parametrize("path", ["metrics/get-data", "/metrics/get-data"])
def test_joining_keeps_api_once(address: str, path: str) -> None:
    """The prefix /api is neither doubled nor lost, with or without slashes."""
    assert join_address(address, path) == f"{address.rstrip('/')}/metrics/get-data"


def test_joining_adds_no_prefix() -> None:
    """An address without a path is used as it is given."""
    assert join_address("http://127.0.0.1:8000", "metrics/get-data") == "http://127.0.0.1:8000/metrics/get-data"


@pytest.mark.parametrize(
    "address",
    [
        *("", "connect.reportei.com/api", "ftp://h/api", "https://", "https://h:99999", "https://[::1/api"),
        *(
            "https://me:secret@h/api",
            "https://:secret@h",
            "https://h/api?token=secret",
            "https://h/#x",
            "https://h/a b",
            "http://secret/word@h/api",
        ),
    ],
)
def test_no_address_is_refused_without_showing_it(address: str) -> None:
    """What is no plain address is refused, and a secret inside it is not shown."""
    with pytest.raises(ConfigurationError, match="must look like https://connect") as raised:
        join_address(address, "x")
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9", "127.8.0.1", "[::1]:8000"])
def test_this_machine_may_be_asked_without_tls(host: str) -> None:
    """A sandbox needs no certificate."""
    assert join_address(f"http://{host}", "x") == f"http://{host}/x"


@pytest.mark.parametrize("host", ["api.example", "10.0.0.5:8080", "[fd00::1]", "localhost.example", "0.0.0.0"])  # noqa: S104 - refused
def test_no_other_machine_is_asked_without_tls(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tokens would travel in the clear, so that has to be allowed by name; what allows it is told."""
    for value in ("", "0", "no"):
        monkeypatch.setenv("REPORTGEN_API_INSECURE", value)
        with pytest.raises(ConfigurationError, match=r"write https:// .*, or set REPORTGEN_API_INSECURE=1"):
            join_address(f"http://{host}/api", "x")
    monkeypatch.setenv("REPORTGEN_API_INSECURE", "1")
    assert join_address(f"http://{host}/api", "x") == f"http://{host}/api/x"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "0.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1"),  # noqa: S104 - refused
        *("169.254.169.254", "100.64.0.1", "224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1"),
        *("192.0.0.8", "192.0.0.170", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "192.88.99.1"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00::1", "fec0::1", "feff::1", "ff02::1", "ff0e::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::10.0.0.1", "::8.8.8.8"),
        *("::ffff:0:127.0.0.1", "::ffff:0:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::a00:1"),
        *("2002:7f00:1::", "2002:a00:1::", "2001:0:7f00:1::", "2001::1", "2001:10::1", "2001:20::1", "2001:2::1"),
        *("2001:db8::1", "3fff::1", "3fff:fff::1", "100::1", "100:0:0:1::1", "5f00::1", "4000::1"),
    ],
)
def test_what_is_not_on_the_internet(address: str) -> None:
    """T03: this machine, its networks, examples, and each way to write an IPv4 address as one of IPv6."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.215.14", "192.0.1.1", "::ffff:8.8.8.8", "2606:4700::1111", "2a00:1450::1", "2001:4860::1"],
)
def test_what_is_on_the_internet(address: str) -> None:
    """Hosts of pictures are still reached by either protocol."""
    assert is_public(address)
