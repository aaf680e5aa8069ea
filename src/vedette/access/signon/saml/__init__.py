"""Signing on through SAML 2.0: a service provider that browsers begin with."""
