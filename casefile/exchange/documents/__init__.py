"""Bringing documents into a file: kept whole with what came inside them, read, and minutes prefilled to confirm."""
