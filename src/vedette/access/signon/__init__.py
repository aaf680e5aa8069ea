"""Signing on through providers of identities: OpenID Connect and SAML 2.0."""
