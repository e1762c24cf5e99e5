"""A small support desk: a language model, the tools it may use, and the harness between the two."""
