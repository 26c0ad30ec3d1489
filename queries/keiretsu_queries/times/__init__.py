"""Time: what happened, how things stood on a day, what changed since."""
