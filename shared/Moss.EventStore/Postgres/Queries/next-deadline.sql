select min(due) from moss.deadlines;
