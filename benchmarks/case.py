"""The one case that every engine answers: a foot drop with twenty findings."""

CASE = {
    "id": "bench_twenty_findings",
    "findings": [
        {"power": "ankle_dorsiflexion", "side": "left", "is": 3},
        {"power": "great_toe_extension", "side": "left", "is": 3},
        {"power": "ankle_eversion", "side": "left", "is": 4},
        {"power": "ankle_inversion", "side": "left", "is": 4},
        {"power": "hip_abduction", "side": "left", "is": 4},
        {"power": "ankle_plantarflexion", "side": "left", "is": 5},
        {"power": "knee_extension", "side": "both", "is": 5},
        {"power": "hip_flexion", "side": "both", "is": 5},
        {"sensation": "pinprick", "over": ["dorsum_foot_central", "great_toe_dorsal"], "side": "left", "is": "reduced"},
        {"sensation": "pinprick", "over": ["lateral_foot_border"], "side": "left", "is": "normal"},
        {"sensation": "light_touch", "over": ["medial_malleolus"], "side": "left", "is": "normal"},
        {"feels": "shooting", "over": ["posterolateral_thigh", "lateral_leg_lower"], "side": "left", "is": "present"},
        {"reflex": "ankle", "side": "both", "is": "normal"},
        {"reflex": "patellar", "side": "both", "is": "normal"},
        {"reflex": "plantar", "side": "both", "is": "flexor"},
        {"sign": "slr", "side": "left", "is": "positive"},
        {"history": "back_pain", "is": "present"},
        {"history": "urinary_retention", "is": "absent"},
        {"history": "saddle_anaesthesia", "is": "absent"},
        {"measure": "symptom_days", "is": 21},
    ],
}
