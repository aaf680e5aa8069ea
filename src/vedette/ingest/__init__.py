"""What comes in: exchanges of the gateway become spans and reach the store."""
