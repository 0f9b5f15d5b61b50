"""Screens of the checklist: pure functions of a walk and the texts."""
