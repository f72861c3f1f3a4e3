"""The words of the findings, one step a file."""
