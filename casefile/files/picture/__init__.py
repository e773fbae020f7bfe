"""The picture of the family: who is related to whom and who lives with whom, on any day, drawn and in words."""
