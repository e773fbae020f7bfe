"""One module per divider of the model file."""
