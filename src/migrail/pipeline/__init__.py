"""Order, batches, plans, decisions and the status matrix. Pure: what is read and what time it is come in."""
