"""Moving a whole record from one store into another: from a computer to a server, and back.

Every row, every document and the whole log travel; the store keeps its identity, and its log goes on. What does not
travel is how people sign in: a password of one store never opens the other.
"""
