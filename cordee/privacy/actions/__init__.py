"""What is written for the protection of personal information."""
