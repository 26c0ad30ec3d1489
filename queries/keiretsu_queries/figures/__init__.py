"""Figures: in series by period, grown, and side by side only where they may be compared."""
