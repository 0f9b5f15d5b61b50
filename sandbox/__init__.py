"""The local messenger: the Bot API over loopback and a chat page with one pane per person."""
