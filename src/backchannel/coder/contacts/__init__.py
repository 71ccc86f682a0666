"""Acts -> what is particular to contacts and mediations: channel, disclosure, initiative, mediators, one contact told again."""
