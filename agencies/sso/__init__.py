"""Sign-in through another house (OIDC, SAML); wired up only where the deployment sets it up."""
