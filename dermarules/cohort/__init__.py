"""Cohorts: tables of many cases in, tables of answers out."""

# Whatever is imported from here first says what is missing, and how to get it.
from dermarules.cohort import arrow as arrow
