"""Coverage-guided fuzzing of everything that reads a stranger's bytes.

`python -m tests.recognition.fuzz TARGET SECONDS [FOLDER]` runs one target; `./run nightly` runs them all.
"""
