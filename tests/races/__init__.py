"""Several promoters at once, and promoters beside the application."""
