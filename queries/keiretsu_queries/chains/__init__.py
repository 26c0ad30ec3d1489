"""How things hang together: dependence, exposure, paths, what they share."""
