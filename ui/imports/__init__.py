"""Bringing in what others hold: returns, documents, whole files, dockets."""
