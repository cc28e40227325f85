"""A local server that answers the metrics API's contract with synthetic but consistent data."""
