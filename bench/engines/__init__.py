"""One file an engine. Each has `prepare`: given a content, it returns what is timed, the making of the PDF."""
