select position from moss.checkpoints where subscriber = $1;
