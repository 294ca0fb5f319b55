"""The case and its faces: how a grievance is raised, answered, escalated and ended."""
