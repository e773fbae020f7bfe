"""Colours, type and spacing, read from ``tokens.toml``; nothing here knows what is shown."""
