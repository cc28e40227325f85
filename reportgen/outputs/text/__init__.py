"""What a reader is told, in the reader's language; nothing here knows places or sizes."""
