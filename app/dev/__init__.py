"""What a developer runs: the embedded PostgreSQL and the demo. Nothing here is needed to serve."""
