"""The knowledge base and cases: YAML becomes types here, once, with every fault and its place."""
