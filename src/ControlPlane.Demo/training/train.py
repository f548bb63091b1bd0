#!/usr/bin/env python3
"""Trains the demonstration's models and writes ../models/<model>/: population.json, baseline.csv, and for the champion and the challenger
model.onnx, contract.json and golden.jsonl. Needs Debian's python3-sklearn and python3-onnx; the same seed writes the same files.

The champion is a logistic regression. The challenger, boosted trees, is better over all, but its training extract was mislabelled in one
segment, where it is worse: what a release process has to find out before everybody is served by it.
"""
import csv
import io
import json
import pathlib

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

import graphs
from contracts import assembled, contract, raised, standardized
from populations import DELIVERY, FRAUD, draw_rows, events, filled, intercept

SEED = 20260601
GOLDEN_ROWS = 60
BASELINE_ROWS = 1000
MODELS = pathlib.Path(__file__).resolve().parent.parent / "models"


PROBABILITY = {"tensor": "probabilities", "index": 1}


class Champion:
    """A logistic regression. When it is bare, scaling and one-hot columns are the contract's part."""

    def __init__(self, population, columns, labels, bare):
        self.numbers, self.categories = names(population)
        self.bare = bare
        values = number_matrix(self.numbers, columns)
        self.scaler = StandardScaler().fit(values)
        self.model = LogisticRegression(max_iter=2000).fit(self.row(columns), labels)

    def row(self, columns):
        return np.hstack([self.scaler.transform(number_matrix(self.numbers, columns)), one_hot(self.categories, columns)])

    def scores(self, columns):
        return self.model.predict_proba(self.row(columns))[:, 1]

    def onnx(self):
        return graphs.bare_logistic(self.model) if self.bare else graphs.logistic(self.numbers, self.categories, self.scaler, self.model)

    def preparation(self):
        return [*standardized(self.numbers, self.scaler), *assembled(self.numbers, self.categories)] if self.bare else []

    def output(self):
        return PROBABILITY

    def stages(self, columns, row):
        probability = self.scores(columns)[row]
        return {"preprocessing": {"features": rounded(self.row(columns)[row])}, "model": {"probabilities": rounded([1 - probability, probability])}}


class Challenger:
    """Boosted trees. When they are bare they answer log odds."""

    def __init__(self, population, columns, labels, bare):
        self.numbers, self.categories = names(population)
        self.bare = bare
        self.model = GradientBoostingClassifier(n_estimators=110, max_depth=4, learning_rate=0.1, subsample=0.7, min_samples_leaf=80, random_state=SEED)
        self.model.fit(self.row(columns), labels)

    def row(self, columns):
        return np.hstack([number_matrix(self.numbers, columns), one_hot(self.categories, columns)])

    def scores(self, columns):
        return self.model.predict_proba(self.row(columns))[:, 1]

    def onnx(self):
        width = len(self.numbers) + sum(len(values) for values in self.categories.values())
        return graphs.bare_boosted(width, self.model) if self.bare else graphs.boosted(self.numbers, self.categories, self.model)

    def preparation(self):
        return assembled(self.numbers, self.categories) if self.bare else []

    def output(self):
        return {"tensor": "log_odds", "postprocessing": [{"op": "sigmoid"}]} if self.bare else PROBABILITY

    def stages(self, columns, row):
        return {"preprocessing": {"features": rounded(self.row(columns)[row])}, "model": {"log_odds": rounded([self.model.decision_function(self.row(columns))[row]])}}


def rounded(values):
    return [round(float(value), 8) for value in values]


def names(population):
    features = population["features"]
    return ([each["name"] for each in features if each["type"] != "category"],
            {each["name"]: each["values"] for each in features if each["type"] == "category"})


def number_matrix(numbers, columns):
    # A served row reaches the model as float32, so it is trained and judged on what it will see.
    return np.column_stack([columns[name] for name in numbers]).astype(np.float32).astype(np.float64)


def one_hot(categories, columns):
    return np.column_stack([(columns[name] == value).astype(float) for name, values in categories.items() for value in values])


def outcome_rate(population, labels, scores, thresholds):
    """The share of rows that end badly once the decisions were acted on."""
    first, second = population["decisions"]["bands"]
    prevents = population["prevents"]
    prevented = np.where(scores >= thresholds[0], prevents[first], np.where(scores >= thresholds[1], prevents[second], 0.0))
    return float(np.mean(labels * (1 - prevented)))


def row_thresholds(population, columns, thresholds):
    """One pair of thresholds per row: those of its segment."""
    limits = [np.full(len(next(iter(columns.values()))), limit) for limit in thresholds]
    for override in population["decisions"].get("overrides", []):
        where = columns[override["feature"]] == override["equals"]
        for limit, value in zip(limits, raised(thresholds, override)):
            limit[where] = value
    return limits


def train(population, bare):
    random = np.random.default_rng(SEED)
    population["intercept"] = intercept(population, random)
    champion_rows = filled(population, draw_rows(population, 20_000, random))
    champion = Champion(population, champion_rows, events(population, champion_rows, random), bare)
    challenger_rows = filled(population, draw_rows(population, 50_000, random))
    challenger = Challenger(population, challenger_rows, events(population, challenger_rows, random, mislabelled=True), bare)

    raw = draw_rows(population, 60_000, random)
    columns = filled(population, raw)
    labels = events(population, columns, random)
    thresholds = [round(float(np.quantile(champion.scores(columns), 1 - share)), 2) for share in np.cumsum(population["decisions"]["shares"])]
    report(population, columns, labels, thresholds, champion.scores(columns), challenger.scores(columns))

    folder = MODELS / population["model"]
    write(folder / "population.json", population_json(population))
    for name, version in (("champion", champion), ("challenger", challenger)):
        golden = golden_rows(raw, columns, version)
        stated = contract(population, thresholds, version.preparation(), version.output())
        write(folder / name / "contract.json", json.dumps(stated, indent=2, ensure_ascii=False) + "\n")
        write(folder / name / "golden.jsonl", "".join(json.dumps(row) + "\n" for row in golden))
        write(folder / name / "baseline.csv", baseline_csv(raw, columns, version))
        artifact = version.onnx()
        (folder / name / "model.onnx").write_bytes(artifact)
        print(f"  {name}: {len(artifact) / 1024:.0f} KB, {verified(artifact, version, columns)}")


def golden_rows(raw, columns, version):
    """Raw inputs and scikit-learn's scores; where the contract prepares, also what training's own preparation and model gave."""
    head = {name: values[:GOLDEN_ROWS] for name, values in columns.items()}
    scores = version.scores(head)
    return [{"inputs": {name: plain(values[row]) for name, values in raw.items() if values[row] is not None},
             "outputs": {"score": round(float(scores[row]), 8)},
             **({"stages": version.stages(head, row)} if version.bare else {})} for row in range(GOLDEN_ROWS)]


def baseline_csv(raw, columns, version):
    """The reference rows that the version's bins are taken from, with its own score."""
    rows = slice(GOLDEN_ROWS, GOLDEN_ROWS + BASELINE_ROWS)
    scores = version.scores({name: values[rows] for name, values in columns.items()})
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow([*raw, "score"])
    for row, score in zip(zip(*(values[rows] for values in raw.values())), scores):
        out.writerow(["" if value is None else plain(value) for value in row] + [round(float(score), 6)])
    return text.getvalue()


def plain(value):
    if isinstance(value, str):
        return value
    return int(value) if float(value).is_integer() else float(value)


def verified(artifact, version, columns):
    """onnx 1.12 has no reference evaluation, so the expected scores are scikit-learn's; the product's golden check compares the graph with them."""
    try:
        from onnx.reference import ReferenceEvaluator
    except ImportError:
        return "expected scores by scikit-learn (this onnx has no reference evaluation)"
    head = {name: values[:500] for name, values in columns.items()}
    numbers = number_matrix(version.numbers, head).astype(np.float32)
    feeds = {**{name: numbers[:, [i]] for i, name in enumerate(version.numbers)}, **{name: head[name].reshape(-1, 1) for name in version.categories}}
    if version.bare:
        feeds = {"features": version.row(head).astype(np.float32)}
    if "postprocessing" in version.output():
        answered = 1 / (1 + np.exp(-ReferenceEvaluator(artifact).run(["log_odds"], feeds)[0][:, 0]))
    else:
        answered = ReferenceEvaluator(artifact).run(["probabilities"], feeds)[0][:, 1]
    difference = np.max(np.abs(answered - version.scores(head)))
    assert difference < 1e-5, f"the graph and scikit-learn differ by {difference}"
    return f"reference evaluation within {difference:.1e} of scikit-learn"


def population_json(population):
    exported = {key: population[key] for key in ("model", "description", "event_share", "intercept", "outcome", "prevents", "features", "terms")}
    return json.dumps(exported, indent=2, ensure_ascii=False) + "\n"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def report(population, columns, labels, thresholds, champion, challenger):
    print(f"{population['model']}: {labels.mean():.3f} bad, thresholds {thresholds}")
    limits = row_thresholds(population, columns, thresholds)
    where = {"all": np.ones(len(labels), dtype=bool)}
    where.update({f"{name}={value}": columns[name] == value for name in population["segments"] for value in np.unique(columns[name])})
    for name, rows in where.items():
        thresholds = [limit[rows] for limit in limits]
        print(f"  {name:22} {rows.sum():6} rows  AUC {roc_auc_score(labels[rows], champion[rows]):.3f} -> {roc_auc_score(labels[rows], challenger[rows]):.3f}"
              f"  outcome {outcome_rate(population, labels[rows], champion[rows], thresholds):.4f} -> "
              f"{outcome_rate(population, labels[rows], challenger[rows], thresholds):.4f}")


if __name__ == "__main__":
    train(FRAUD, bare=False)
    train(DELIVERY, bare=True)
