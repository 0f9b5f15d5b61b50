"""The one shape of our own small loops over tables."""
