"""Help pages, read inside the app."""
