"""What the tree of a sentence tells every stage: negation, passives, clauses, the way from word to word, whole phrases, spans."""
