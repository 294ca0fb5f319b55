"""The top of the house: wires the applications together and holds no rules of the domain."""
