"""Measurements, side by side with the alternative."""
