"""What is calculated about meetings. Pure: plain values in, plain values out."""
