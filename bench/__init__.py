"""Speed, memory and accuracy against data and floors: one command each, tables to standard output."""
