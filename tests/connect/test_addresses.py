"""Tests of reportgen.connect.addresses."""

from __future__ import annotations

import pytest

from reportgen.connect.addresses import join_address
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
