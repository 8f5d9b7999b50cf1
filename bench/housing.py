"""The housing chapter compared with scikit-learn: same rows, same tasks, both on all cores.

    ./workbench bench housing [--turns N] [--only TASK,...]

Tasks: preparation (24 columns, fitted and applied), ols, tree, folds (a forest of 100 trees, ten
folds, preparation in each) and grid (the chapter's 13 distinct settings, three folds). folds and
grid run once, the others in several turns. Both sides draw the first centre of k-means as current
scikit-learn does; results may differ in the fourth digit because ties between equal distances are
broken differently.
"""

import math
import time

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.ensemble import RandomForestRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.model_selection import GridSearchCV, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeRegressor

import sides

LONG = ("folds", "grid")
NAMES = {
    "preparation": "preparation, 16,512 districts into 24 columns",
    "ols": "least squares on them",
    "tree": "one tree on them",
    "folds": "forest of 100 trees, ten folds",
    "grid": "grid of 13 settings, three folds, 100 trees each",
}


class Nearness(BaseEstimator, TransformerMixin):
    """Similarity of a place to each of several centres, 0 to 1."""

    def __init__(self, n_clusters=10):
        self.n_clusters = n_clusters

    def fit(self, x, y=None):
        self.means_ = KMeans(self.n_clusters, n_init=10, random_state=42).fit(x)
        return self

    def transform(self, x):
        return rbf_kernel(x, self.means_.cluster_centers_, gamma=1.0)


def over(x):
    return x[:, [0]] / x[:, [1]]


def ratio():
    return make_pipeline(SimpleImputer(strategy="median"), FunctionTransformer(over), StandardScaler())


def preparation(clusters=10):
    logs = ["total_bedrooms", "total_rooms", "population", "households", "median_income"]
    text = make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore"))
    return ColumnTransformer(
        [
            ("bedrooms", ratio(), ["total_bedrooms", "total_rooms"]),
            ("rooms", ratio(), ["total_rooms", "households"]),
            ("people", ratio(), ["population", "households"]),
            (
                "log",
                make_pipeline(SimpleImputer(strategy="median"), FunctionTransformer(np.log), StandardScaler()),
                logs,
            ),
            ("geo", Nearness(clusters), ["latitude", "longitude"]),
            ("cat", text, make_column_selector(dtype_exclude=np.number)),
        ],
        remainder=make_pipeline(SimpleImputer(strategy="median"), StandardScaler()),
    )


class Peer:
    def __init__(self, path):
        rows = pd.read_csv(path)
        category = pd.cut(rows["median_income"], [0, 1.5, 3, 4.5, 6, np.inf], labels=[1, 2, 3, 4, 5])
        train, _ = train_test_split(rows, test_size=0.2, stratify=category, random_state=42)
        self.x = train.drop(columns="median_house_value")
        self.y = train["median_house_value"].to_numpy()
        self.prepared = preparation().fit_transform(self.x)

    def preparation(self):
        return preparation().fit_transform(self.x)[0, 0]

    def ols(self):
        found = LinearRegression().fit(self.prepared, self.y).predict(self.prepared)
        return math.sqrt(np.mean((self.y - found) ** 2))

    def tree(self):
        return DecisionTreeRegressor(random_state=42).fit(self.prepared, self.y).tree_.node_count

    def folds(self):
        model = make_pipeline(preparation(), RandomForestRegressor(random_state=42, n_jobs=-1))
        score = "neg_root_mean_squared_error"
        return -cross_val_score(model, self.x, self.y, scoring=score, cv=10).mean()

    def grid(self):
        model = make_pipeline(preparation(), RandomForestRegressor(random_state=42))
        clusters = "columntransformer__geo__n_clusters"
        features = "randomforestregressor__max_features"
        settings = [
            {clusters: [5, 8], features: [4, 6, 8]},
            {clusters: [10], features: [4, 6, 8, 10]},
            {clusters: [15], features: [6, 8, 10]},
        ]
        score = "neg_root_mean_squared_error"
        search = GridSearchCV(model, settings, cv=3, scoring=score, n_jobs=-1, refit=False)
        return -search.fit(self.x, self.y).best_score_


def main():
    parser = sides.parser(__doc__)
    parser.add_argument("--turns", type=int, default=15, help="measured turns (default: %(default)s)")
    parser.add_argument("--warm", type=int, default=20, help="warm-up turns (default: %(default)s)")
    parser.add_argument("--only", default=",".join(NAMES), help="tasks to run (default: %(default)s)")
    options = parser.parse_args()
    side = sides.JavaSide("fieldnotes.bench.HousingBench")
    peer = Peer(side.ask("where"))
    rows = []
    for task in options.only.split(","):
        ours, theirs = [], []
        # warm-up: the JVM compiles hot code, caches fill
        for _ in range(0 if task in LONG else options.warm):
            side.ask(task)
            getattr(peer, task)()
        for _ in range(1 if task in LONG else options.turns):
            found = side.ask(task)
            began = time.perf_counter()
            answer = getattr(peer, task)()
            theirs.append(time.perf_counter() - began)
            ours.append(found["seconds"])
        if not math.isclose(found["answer"], answer, rel_tol=5e-3):
            print(f"{task}: results differ: ours {found['answer']}, peer {answer}")
        rows.append(sides.row(NAMES[task], ours, theirs, answers=[found["answer"], float(answer)]))
    side.close()
    sides.write("housing", rows, versions=sides.versions("scikit-learn", "numpy", "pandas"))


if __name__ == "__main__":
    main()
