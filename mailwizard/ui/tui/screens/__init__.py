"""One screen a file, each with its own style sheet."""
