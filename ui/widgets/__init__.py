"""Parts that two rooms or more use, one a file. They know nothing of the desk: they are handed frozen data."""
