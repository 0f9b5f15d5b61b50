"""Screens of tickets: pure functions of a ticket's view and the texts."""
