"""How good a comparison is, measured against what a careful reader found.

``cases`` holds both as plain data, ``counting`` counts for one event what is right and what is missed, ``figures``
turns the counts of many events into figures, each with an interval that says how far other events might have moved it.
"""
