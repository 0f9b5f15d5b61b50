"""The Bot API as the official server answers it, one file a group of methods."""
