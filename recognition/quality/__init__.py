"""Ink and light of a whole page."""
