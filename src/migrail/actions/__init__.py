"""The verbs. One verb is one module; each takes ports and settings, returns values and prints nothing."""
