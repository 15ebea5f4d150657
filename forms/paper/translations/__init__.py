"""The packet's own words by language, one file each: data, no code."""
