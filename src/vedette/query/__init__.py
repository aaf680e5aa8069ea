"""What is asked of the stores and how it is shown; pure functions for the API and the CLI."""
