"""What recognition costs, alone and beside its peers."""
