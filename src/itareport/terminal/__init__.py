"""What a person types and reads: arguments, the commands, and what they print."""
