"""The diary as a calendar file: given out once, or kept up to date where an officer's calendar program reads it."""
