"""Drawings inside WeasyPrint's pages: the only package that touches its private parts and pydyf's.

The stubs in `typings/` list what it uses of them; `test_typings` holds that list against the libraries.
"""
