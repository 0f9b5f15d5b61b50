"""What the product tells of itself: how much waits and since when, how much has been done. Figures only."""
