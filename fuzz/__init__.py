"""Hostile input for the splitter and the reader."""
