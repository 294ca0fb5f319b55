"""What the person is told of their case: where it stands, what is offered, how it ended."""
