"""Other programs' page readers, each run by a Python of its own on the same PDF.

The files named after a peer import nothing of the project but `cpu`: they run where only the peer is installed.
"""
