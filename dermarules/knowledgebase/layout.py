"""Which file of the knowledge folder holds which kind of record."""

from dataclasses import dataclass

from dermarules import anatomy, bedside, diseases, examiner, localizations, provenance, rules


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the records of one kind stand: in a list `key` of a table file, or (no key) one a file in a folder.

    `kind` is the word for one record, `attribute` the name of all of them in Knowledge; `beside` marks the second list
    of a table file.
    """

    kind: str
    attribute: str
    record: type
    place: str
    key: str = ""
    beside: bool = False

    @property
    def label(self) -> str:
        """The first half of a record's name in a proof, as in nerves/femoral."""
        return self.attribute if self.beside else self.place.removesuffix(".yaml")

    @property
    def is_folder(self) -> bool:
        """True if each record is a file of its own."""
        return not self.key


SENTINEL = "dermarules.yaml"
SCHEMA = "dermarules.knowledge/1"
WEIGHTS = "weights.yaml"
ISNCSCI = "isncsci.yaml"
UNUSED = "unused.yaml"

# In the order in which Knowledge lists them. Kinds are the words that messages use.
SHELVES = (
    Shelf("source", "sources", provenance.Source, "sources.yaml", "sources"),
    Shelf("region", "regions", anatomy.Region, "regions.yaml", "regions"),
    Shelf("area", "areas", anatomy.Area, "areas.yaml", "areas"),
    Shelf("root", "roots", anatomy.Root, "roots.yaml", "roots"),
    Shelf("dermatome map", "maps", anatomy.DermatomeMap, "dermatome_maps.yaml", "maps"),
    Shelf("dermatome", "dermatomes", anatomy.Dermatome, "dermatomes"),
    Shelf("transition zone", "zones", anatomy.TransitionZone, "transition_zones.yaml", "zones"),
    Shelf("statement", "evidence", anatomy.Statement, "dermatome_evidence.yaml", "evidence"),
    Shelf("lesion site", "lesion_sites", anatomy.LesionSite, "lesion_sites.yaml", "sites"),
    Shelf("nerve", "nerves", anatomy.Nerve, "nerves"),
    Shelf("plexus variant", "plexus_variants", anatomy.PlexusVariant, "plexus_variants.yaml", "variants"),
    Shelf("muscle", "muscles", anatomy.Muscle, "muscles.yaml", "muscles"),
    Shelf("movement", "movements", anatomy.Movement, "movements.yaml", "movements"),
    Shelf("functional test", "functional_tests", bedside.FunctionalTest, "movements.yaml", "functional_tests", True),
    Shelf("reflex", "reflexes", anatomy.ReflexArc, "reflexes.yaml", "reflexes"),
    Shelf("sign", "signs", bedside.Sign, "signs.yaml", "signs"),
    Shelf("history item", "history", bedside.HistoryItem, "history.yaml", "history"),
    Shelf("measure", "measures", bedside.Measure, "measures.yaml", "measures"),
    Shelf("disc level", "disc_levels", anatomy.DiscLevel, "disc_levels.yaml", "levels"),
    Shelf("disc rule", "disc_rules", anatomy.Statement, "disc_levels.yaml", "rules", True),
    Shelf("condition", "conditions", diseases.DiseaseEntity, "conditions.yaml", "conditions"),
    Shelf("syndrome", "syndromes", diseases.Syndrome, "syndromes.yaml", "syndromes"),
    Shelf("derived finding", "derived", rules.DerivedFinding, "derived_findings.yaml", "findings"),
    Shelf("localization", "wide_sites", localizations.WideSite, "localizations"),
    Shelf("rule", "rules", rules.Rule, "rules"),
    Shelf("red flag", "red_flags", rules.RedFlag, "red_flags"),
    Shelf("modifier", "modifiers", rules.Modifier, "modifiers.yaml", "modifiers"),
    Shelf("accuracy row", "accuracy", rules.Accuracy, "accuracy.yaml", "rows"),
    Shelf("detection rate", "detection", examiner.Detection, "examiner.yaml", "detection"),
    Shelf("tier share", "tier_shares", examiner.TierShare, "examiner.yaml", "tiers", True),
    Shelf("agreement", "agreement", examiner.Agreement, "examiner.yaml", "agreement", True),
)

# What stands in a table beside its list, and of what form it is.
MUSCLE_GROUPS = ("muscles.yaml", "groups")
GRADES = ("movements.yaml", "grades")
FOOT_DROP = ("syndromes.yaml", "foot_drop")
BESIDE = ((*MUSCLE_GROUPS, "a mapping"), (*GRADES, "a list"), (*FOOT_DROP, "a mapping"))
