"""From what was seen to what it means: thresholds, problems, verdict."""
