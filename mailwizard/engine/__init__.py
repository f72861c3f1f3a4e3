"""Runs probes against a world and holds the wizard's state, without any screen."""
