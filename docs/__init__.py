"""The documents, and the program that writes the data dictionary among them."""
