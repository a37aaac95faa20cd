"""The nouns of migrail: frozen values and the protocols that the outer rings fulfil. Standard library only."""
