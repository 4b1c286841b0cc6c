"""The first answer under every dermatome map."""

from dermarules.report import localize

INNER_ANKLE = {
    "id": "inner_ankle",
    "findings": [
        {"sensation": "pinprick", "over": ["medial_malleolus"], "side": "left", "is": "reduced"},
        {"reflex": "patellar", "side": "left", "is": "reduced"},
    ],
}
INNER_KNEE = {
    "id": "knee",
    "findings": [
        {"sensation": "pinprick", "over": ["knee_medial", "medial_thigh_lower"], "side": "left", "is": "reduced"},
        {"power": "hip_adduction", "side": "left", "is": 4},
    ],
}


def test_answer_that_hangs_on_no_map_is_the_same_on_all() -> None:
    found = localize(INNER_ANKLE).robustness

    assert {on.localization for on in found if on.is_same} == {"root L4"}
    assert len(found) == len(localize(INNER_ANKLE).knowledge.maps)


def test_answer_of_the_map_in_use_is_the_same() -> None:
    for chosen in ("consensus", "keegan_garrett_1948", "seed"):
        report = localize(INNER_KNEE, map=chosen)
        by_map = {on.map: on for on in report.robustness}

        assert by_map[chosen].is_same
        assert by_map[chosen].localization == report.differential[0].localization


def test_answer_on_another_map_is_what_that_map_gives() -> None:
    for on in localize(INNER_KNEE).robustness:
        assert on.localization == localize(INNER_KNEE, map=on.map).differential[0].localization
