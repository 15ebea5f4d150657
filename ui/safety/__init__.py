"""What a person changes about how their own seat is kept. Layer: ui."""
