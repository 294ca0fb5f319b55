"""What the company owes a person and whether it came. Knows no case."""
