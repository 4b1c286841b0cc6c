"""The knowledge that is shipped loads, passes its checks, and reads the shipped cases."""

from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.checks import check_knowledge


def test_the_shipped_knowledge_passes_every_check(knowledge: Knowledge) -> None:
    assert [str(fault) for fault in check_knowledge(knowledge)] == []


def test_every_rule_and_red_flag_says_where_it_is_written(knowledge: Knowledge) -> None:
    for label, rules in (("rules", knowledge.rules), ("red_flags", knowledge.red_flags)):
        for rule in rules.values():
            assert str(rule.location) == f"knowledge/{label}/{rule.id}.yaml:{rule.location.line}"
