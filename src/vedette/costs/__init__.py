"""What calls cost: prices, later budgets and the ledger."""
