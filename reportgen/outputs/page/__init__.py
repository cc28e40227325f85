"""What web page and PDF share: units, rows of blocks, layouts of tables, style sheets."""
