"""Who there is, and how the company engages them: people, teams, partners, bodies elsewhere."""
