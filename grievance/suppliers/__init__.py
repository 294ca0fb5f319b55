"""The supplier desk: pages of their own for those who answer for a supplier."""
