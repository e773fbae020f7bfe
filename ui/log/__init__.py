"""The log: what was done and read, by whom and why, and the proof that nobody changed it."""
