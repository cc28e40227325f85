"""Tokens of the tests. What they are is nowhere to be found after a run: see `tests/conftest.py`.

A test that needs a token takes one from here, so that a leak of it is found wherever it shows.
"""

from __future__ import annotations

MARK = b"canary-7d3e"
"""What is searched for; part of every token here that code under test is trusted with."""

TOKEN = "canary-7d3e-account/5b1d"  # noqa: S105 - opens nothing
CUSTOMER = "canary-7d3e-customer-9e02"

RANDOM_LOOKING = (  # none of them is or was anybody's
    "a4F9kQ2mZx8LpR7vBn3TcW6yHs1DgJ5e",
    "17|q8Zr2Lx9Vt4Kp7Wn3Bc6Yd1Hs5Jg0Mf8Tz2Qa4Xe6",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
    "Bearer abcdefgh",
    "5d41402abc4b2a76b9719d911017c5925d41402a",
    "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
    "https://cdn.example/a.png?x=1&access_token=abcdefgh",
    "https://user:password@cdn.example/a.png",
)
