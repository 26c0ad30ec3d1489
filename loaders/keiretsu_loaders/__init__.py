"""Bringing facts in: files to claims, with every problem at its line."""
