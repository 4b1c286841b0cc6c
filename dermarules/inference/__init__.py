"""Inference: from findings to claims, from claims to totals, from totals to a ranked differential."""
