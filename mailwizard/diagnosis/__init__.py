"""Evidence → findings: pure functions, one step a file; ``verdict.py`` ranks across the steps."""
