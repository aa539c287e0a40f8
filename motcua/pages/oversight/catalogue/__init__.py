"""The catalogue's life, on-site list, reviews and processes."""
