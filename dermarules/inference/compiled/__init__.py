"""The knowledge compiled: many cases at once, as planes of bits and lanes of small integers, with the same answers."""
