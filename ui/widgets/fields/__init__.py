"""One editor for each kind of field; ``make.py`` chooses."""
