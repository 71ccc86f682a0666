"""Reading + parties + statements -> acts: anchors, sides, roles, status, time, place, conditions, deadlines."""
