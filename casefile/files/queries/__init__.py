"""What officers read of case files."""
