"""Keeping claims: engines, networkx and exports."""
