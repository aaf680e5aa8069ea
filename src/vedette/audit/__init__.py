"""The audit log beyond its store: signed checkpoints outside, proofs, verification, reports."""
