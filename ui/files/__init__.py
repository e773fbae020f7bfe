"""Case files: the list, and the file as a docket with dividers."""
