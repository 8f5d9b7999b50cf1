"""Prints the bootstrap interval that IntervalTest.bootstrapAsScipy expects.

Versions: Python 3.11, SciPy 1.17.1, NumPy 2.4.6.
Run: python src/test/python/interval_fixtures.py
"""

import numpy as np
from scipy import stats

r = np.random.RandomState(3)
values = np.array([r.random_sample() * r.random_sample() for _ in range(50)])
found = stats.bootstrap(
    (values,),
    lambda v, axis=-1: np.sqrt(np.mean(v, axis=axis)),
    confidence_level=0.95,
    n_resamples=999,
    random_state=np.random.RandomState(42),
    method="BCa",
)
print(repr(float(found.confidence_interval.low)), repr(float(found.confidence_interval.high)))
