"""Writes src/test/resources/table/splits.csv: 50 splits by scikit-learn's train_test_split.

Versions: Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6.
Run from the project's folder: python src/test/python/split_fixtures.py
Columns: kind, rows, share, seed, classes (";"-joined, empty for a plain split), train and test
(";"-joined row numbers; for more than 60 rows the sha256 of the ","-joined list instead).
"""

import hashlib
import pathlib

import numpy as np
from sklearn.model_selection import train_test_split

OUT = pathlib.Path("src/test/resources/table/splits.csv")


def show(rows, many):
    if many:
        return hashlib.sha256(",".join(map(str, rows)).encode()).hexdigest()
    return ";".join(map(str, rows))


def main():
    pick = np.random.RandomState(7)
    lines = ["kind,rows,share,seed,classes,train,test"]

    def add(kind, n, share, seed, classes):
        train, test = train_test_split(
            np.arange(n), test_size=share, random_state=seed, stratify=classes
        )
        joined = "" if classes is None else ";".join(map(str, classes))
        many = n > 60
        lines.append(f"{kind},{n},{share},{seed},{joined},{show(train, many)},{show(test, many)}")

    for n, share, seed in [(2, 0.5, 0), (3, 0.2, 1), (5, 0.2, 42), (10, 0.33, 7), (11, 0.9, 4294967295)]:
        add("plain", n, share, seed, None)
    for _ in range(15):
        add("plain", int(pick.randint(4, 3000)), round(float(pick.uniform(0.05, 0.9)), 3), int(pick.randint(0, 2**31)), None)
    # tiny strata, and strata of equal size, so that remainders are tied
    for classes, share, seed in [
        ([0, 0, 1, 1], 0.5, 0),
        ([1, 0, 1, 0, 1, 0], 0.5, 3),
        ([0, 0, 1, 1, 2, 2], 0.5, 42),
        ([5, 5, 5, -1, -1, -1, 2, 2, 2], 0.4, 42),
        ([0] * 7 + [1] * 7 + [2] * 7, 0.2, 1),
        ([0] * 7 + [1] * 7 + [2] * 7 + [3] * 7, 0.3, 2),
        ([0] * 2 + [1] * 30, 0.25, 9),
        ([0] * 2 + [1] * 2 + [2] * 50, 0.1, 11),
    ]:
        add("stratified", len(classes), share, seed, classes)
    made = 8
    while made < 30:
        n = int(pick.randint(6, 200))
        k = int(pick.randint(2, 6))
        classes = pick.randint(0, k, n).tolist() if made % 3 else (np.arange(n) % k).tolist()
        try:
            add("stratified", n, round(float(pick.uniform(0.1, 0.8)), 2), int(pick.randint(0, 2**31)), classes)
        except ValueError:
            continue  # too few rows of a class
        made += 1
    assert len(lines) == 51, len(lines)
    OUT.write_text("\n".join(lines) + "\n")


main()
