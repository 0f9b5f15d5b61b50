"""What the messenger remembers: people, bots, chats, updates, files, faults."""
