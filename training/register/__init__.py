"""The public tables -> the register's files of states, places, groups, nouns, persons and occupancies: ``python -m training.register``."""
