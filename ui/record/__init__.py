"""Writing and reading one record, wherever in the window it is done: parts that two rooms share."""
