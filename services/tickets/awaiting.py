"""What a ticket waits for from an account."""

NEW = "ticket"
"""The words of a new ticket; the detail says what it is about: {"reason", "subject"}."""

MORE = "ticket_words"
"""More words for a ticket: {"ticket"}."""

ALBUM = "ticket_album"
"""The rest of an album whose first message has gone into a ticket: {"ticket", "album"}. No text answers it."""
