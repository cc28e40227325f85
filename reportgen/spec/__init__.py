"""What the author writes: specs, clients and fleets, read, checked and planned."""
