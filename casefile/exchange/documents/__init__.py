"""Documents brought into a case file: kept whole, read, and what they propose prefilled for a person to confirm."""
