"""A whole case file as JSON, format ``casefile/1``: out and in without loss.

The schema that other people write against is drawn from the same descriptions as the forms
(``resources/schema/casefile-1.schema.json``).
"""
