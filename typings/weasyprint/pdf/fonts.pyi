class Font:
    family: str
    hash: str
    to_unicode: dict[int, str]
    widths: dict[int, int]
