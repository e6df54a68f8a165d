"""What each of the seven steps shows of a report; pure."""
