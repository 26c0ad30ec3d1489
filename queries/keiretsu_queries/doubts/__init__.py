"""Provenance and doubt: who says what, who says otherwise, what is not known."""
