"""Files of many cases in, a Parquet file of answers out: in bounded memory, and a run that was killed goes on."""
