"""Numbers worked out a second time, without the package: what a report must say of made-up answers.

A claim (`claims.py`) draws a small report from a seed, works out with decimals what must be printed of it,
and compares that with what the command made. `claims_*.py` hold the claims by subject, `open_claims.toml`
lists those that do not hold yet, each with its reason.
"""
