"""Asking the file: prepared views over every file an officer may see, described in data and read in one statement."""
