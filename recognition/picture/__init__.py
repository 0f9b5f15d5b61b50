"""The picture of a page with what was found and what is wrong."""
