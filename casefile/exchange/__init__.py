"""What comes in from other systems and documents, and what goes out to them."""
