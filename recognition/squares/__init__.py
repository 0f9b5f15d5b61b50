"""Black squares of the answer sheet."""
