"""Components every screen is made of. Layer: ui; one idea a file, no knowledge of any feature."""
