"""What the verbs answer: values, which report/ turns into text."""
