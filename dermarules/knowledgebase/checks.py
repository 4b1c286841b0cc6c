"""What `dermarules check` asks of a base that loads: that its parts agree, and that nothing lies idle."""

from dermarules.errors import Fault
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.check_nerves import nerve_faults
from dermarules.knowledgebase.check_skin import skin_faults
from dermarules.knowledgebase.check_syndromes import syndrome_faults
from dermarules.knowledgebase.check_use import use_faults
from dermarules.knowledgebase.check_variants import variant_faults


def check_knowledge(knowledge: Knowledge) -> tuple[Fault, ...]:
    """Every fault of a knowledge base that is well formed, in order of place."""
    groups = (skin_faults, nerve_faults, variant_faults, syndrome_faults, use_faults)
    return tuple(sorted({fault for faults in groups for fault in faults(knowledge)}))
