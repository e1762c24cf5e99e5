select user_version from pragma_user_version;
