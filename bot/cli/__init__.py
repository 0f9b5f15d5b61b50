"""The command line, `aprobot`."""
