"""The data plane: one LLM call from the first request byte to the last answer byte."""
