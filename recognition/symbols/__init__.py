"""QR symbols: reading, patience, and what stands where none was read."""
