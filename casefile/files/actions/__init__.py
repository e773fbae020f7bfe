"""What officers do to a case file."""
