"""Measurements. A folder per claim: what is ours, and what it is measured beside."""
