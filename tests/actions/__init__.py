"""Tests of what changes something."""
