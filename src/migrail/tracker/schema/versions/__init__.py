"""One module per change of the tracker's schema."""
