"""Paper and picture: resolution, places, turns and scales."""
