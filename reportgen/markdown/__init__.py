"""The author's Markdown: the parser with all that it understands, its limits, and the pictures that it names."""
