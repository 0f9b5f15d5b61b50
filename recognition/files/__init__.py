"""Files of strangers: what they are, whether they are whole, and the pages in them.

Nothing is imported here: the pool's parent needs only the first bytes' meaning and must not load the decoders.
"""
