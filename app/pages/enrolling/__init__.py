"""Enrolling one new student."""
