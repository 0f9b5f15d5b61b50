"""Stories played over the wire by real buttons, as people press them; they share no code with the bot."""
