"""The room of supervision: the review queue, one file reviewed, the note."""
