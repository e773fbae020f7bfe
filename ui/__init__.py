"""The window: draws and listens. It has never heard of SQLAlchemy; all it knows comes through the desk."""
