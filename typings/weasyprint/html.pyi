UA: str
