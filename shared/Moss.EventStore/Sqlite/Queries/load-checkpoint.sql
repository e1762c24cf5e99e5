select position from checkpoints where subscriber = @subscriber;
