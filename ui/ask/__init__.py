"""The room where prepared questions are asked across every file."""
