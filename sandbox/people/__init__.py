"""The person's side over HTTP: what a human does in the messenger."""
