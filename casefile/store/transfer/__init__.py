"""Carrying every row of one store into another, and proving that it arrived."""
