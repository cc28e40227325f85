"""Pictures that fit any page: marks, SVG, the widths of letters, and charts."""
