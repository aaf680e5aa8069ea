"""Who may call, and with what: organizations, projects, virtual keys, credentials of providers."""
