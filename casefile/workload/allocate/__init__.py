"""Allocation: who might take a file and why, what was decided, and moving many files at once."""
