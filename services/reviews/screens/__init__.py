"""What people are shown of questions and decisions: pure functions."""
