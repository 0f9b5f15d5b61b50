"""Looks at everything the bot needs and says of each part what it found and, where it is wrong, what to do."""
