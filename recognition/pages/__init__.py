"""One page, from pixels to report."""
