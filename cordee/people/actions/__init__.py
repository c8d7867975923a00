"""The acts on persons, their employers and their groups, one file for each of what they change."""
