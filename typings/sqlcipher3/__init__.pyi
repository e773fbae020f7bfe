"""SQLCipher's driver has no types of its own; it is the standard library's sqlite3 under another name."""
