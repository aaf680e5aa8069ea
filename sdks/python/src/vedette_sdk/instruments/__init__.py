"""What is patched in the clients of others: for each the lowest method that all calls go through.

A patched method asks whether the SDK runs and else is the original. Clients that are imported
already are patched at once, others when they are.
"""
