"""Search and matches: finding what is known."""
