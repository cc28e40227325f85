"""Drawings inside WeasyPrint's pages: the only package that touches its private parts."""
