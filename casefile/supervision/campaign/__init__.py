"""Re-review campaigns: after a death or an inspection, chosen files are looked at again, with the same questions."""
