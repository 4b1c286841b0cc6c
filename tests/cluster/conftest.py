"""Without PySpark, the tests of the cluster are not there; `make test-full` installs it."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("pyspark") else ["test_spark.py"]
