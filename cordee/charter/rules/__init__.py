"""What the living cadre computes, in plain values."""
