"""The upload page: the second way in for scans, by a signed link or inside Telegram."""
