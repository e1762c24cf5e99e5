select min(due) from deadlines;
