listen moss_feed;
