"""Cohorts: tables of many cases in, tables of answers out."""
