"""What changes something, each asked for, confirmed, undoable."""
