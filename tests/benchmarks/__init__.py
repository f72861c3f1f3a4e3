"""Speed as ratios, measured in one run against a real Dovecot: ``python -m tests.benchmarks``."""
