"""Frozen records that every other layer speaks in; imports nothing of the project."""
