"""Reading -> the parties of a report: mentions, who is who, titles, pronouns, descriptions, countries."""
