"""Tests of reportgen.connect."""
