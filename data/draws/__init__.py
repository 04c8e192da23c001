"""The files of the draws: keys, sealed papers, the chained log, beacons, anchors, the stand-alone verifier."""
