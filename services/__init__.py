"""The use cases: what the API, replays and importers ask of the product. Answers are values and refusals, never HTTP.

Whatever writes, or decides before it writes, is here. What only reads a list goes to the store directly.
"""
