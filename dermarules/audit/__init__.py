"""How good the answers are: expectations of cases, and scores over many cases."""
