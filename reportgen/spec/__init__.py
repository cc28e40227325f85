"""The author's files: specs, clients and fleets, read, checked and planned."""
