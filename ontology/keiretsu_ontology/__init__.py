"""What may be said: kinds of things, relations, metrics, claims and evidence."""
