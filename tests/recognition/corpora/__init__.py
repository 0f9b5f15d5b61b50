"""A second corpus: printed and scanned by rules of its own, never by the product's simulator, and never tuned on."""
