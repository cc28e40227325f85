"""Drawings for any page: marks, SVG, the widths of letters, and charts."""
