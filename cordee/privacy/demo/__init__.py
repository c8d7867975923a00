"""What the demonstration has of the registers the law asks for, and of what is past its time."""

from cordee.privacy.demo import registers, retention

__all__ = ["registers", "retention"]
