"""A simulated provider: OpenAI's wire on a loopback port, deterministic answers, no model behind.

It is a provider like any other; the gateway reaches it over HTTP. Its answers begin with the word
`Simulated`, carry the fingerprint `sim` and the header `x-simulated: true`.
"""
