"""How the shipped weights are made: the corpus, its checks, the training and the measurements on held-out hands."""
