"""The pages about meetings, by what they show."""
