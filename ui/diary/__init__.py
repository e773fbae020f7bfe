"""The room of the diary."""
