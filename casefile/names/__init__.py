"""How people are written: what names, dates of birth, addresses and numbers have in common. No store, no clock."""
