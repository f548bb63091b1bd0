#!/usr/bin/env python3
"""Trains the demonstration's models and writes ../models/<model>/: population.json, and for the champion and the challenger model.onnx,
contract.json and golden.jsonl. Needs Debian's python3-sklearn and python3-onnx; the same seed writes the same files.

The champion is a logistic regression. The challenger, boosted trees, is better over all, but its training extract was mislabelled in one
segment, where it is worse: what a release process has to find out before everybody is served by it.
"""
import json
import pathlib

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

import graphs
from contracts import contract
from populations import DELIVERY, FRAUD, draw_rows, events, filled, intercept

SEED = 20260601
GOLDEN_ROWS = 60
MODELS = pathlib.Path(__file__).resolve().parent.parent / "models"


class Champion:
    def __init__(self, population, columns, labels):
        self.numbers, self.categories = names(population)
        values = number_matrix(self.numbers, columns)
        self.scaler = StandardScaler().fit(values)
        self.model = LogisticRegression(max_iter=2000).fit(self.row(columns), labels)

    def row(self, columns):
        return np.hstack([self.scaler.transform(number_matrix(self.numbers, columns)), one_hot(self.categories, columns)])

    def scores(self, columns):
        return self.model.predict_proba(self.row(columns))[:, 1]

    def onnx(self):
        return graphs.logistic(self.numbers, self.categories, self.scaler, self.model)


class Challenger:
    def __init__(self, population, columns, labels, assembled):
        self.numbers, self.categories = names(population)
        self.assembled = assembled
        self.model = GradientBoostingClassifier(n_estimators=110, max_depth=4, learning_rate=0.1, subsample=0.7, min_samples_leaf=80, random_state=SEED)
        self.model.fit(self.row(columns), labels)

    def row(self, columns):
        return np.hstack([number_matrix(self.numbers, columns), one_hot(self.categories, columns)])

    def scores(self, columns):
        return self.model.predict_proba(self.row(columns))[:, 1]

    def onnx(self):
        return graphs.boosted(self.numbers, self.categories, self.model, self.assembled)


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


def train(population, assembled):
    random = np.random.default_rng(SEED)
    population["intercept"] = intercept(population, random)
    champion_rows = filled(population, draw_rows(population, 20_000, random))
    champion = Champion(population, champion_rows, events(population, champion_rows, random))
    challenger_rows = filled(population, draw_rows(population, 50_000, random))
    challenger = Challenger(population, challenger_rows, events(population, challenger_rows, random, mislabelled=True), assembled)

    raw = draw_rows(population, 60_000, random)
    columns = filled(population, raw)
    labels = events(population, columns, random)
    thresholds = [round(float(np.quantile(champion.scores(columns), 1 - share)), 2) for share in np.cumsum(population["decisions"]["shares"])]
    report(population, columns, labels, thresholds, champion.scores(columns), challenger.scores(columns))

    folder = MODELS / population["model"]
    write(folder / "population.json", population_json(population))
    for name, version, whole in (("champion", champion, False), ("challenger", challenger, assembled)):
        golden = golden_rows(raw, columns, version)
        write(folder / name / "contract.json", json.dumps(contract(population, thresholds, whole), indent=2, ensure_ascii=False) + "\n")
        write(folder / name / "golden.jsonl", "".join(json.dumps(row) + "\n" for row in golden))
        artifact = version.onnx()
        (folder / name / "model.onnx").write_bytes(artifact)
        print(f"  {name}: {len(artifact) / 1024:.0f} KB, {verified(artifact, version, columns)}")


def golden_rows(raw, columns, version):
    scores = version.scores({name: values[:GOLDEN_ROWS] for name, values in columns.items()})
    return [{"inputs": {name: plain(values[row]) for name, values in raw.items() if values[row] is not None},
             "outputs": {"score": round(float(scores[row]), 8)}} for row in range(GOLDEN_ROWS)]


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
    feeds = {name: head[name].reshape(-1, 1) for name in version.categories}
    numbers = number_matrix(version.numbers, head).astype(np.float32)
    feeds.update({"features": numbers} if getattr(version, "assembled", False) else {name: numbers[:, [i]] for i, name in enumerate(version.numbers)})
    difference = np.max(np.abs(ReferenceEvaluator(artifact).run(["probabilities"], feeds)[0][:, 1] - version.scores(head)))
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
    where = {"all": np.ones(len(labels), dtype=bool)}
    where.update({f"{name}={value}": columns[name] == value for name in population["segments"] for value in np.unique(columns[name])})
    for name, rows in where.items():
        print(f"  {name:22} {rows.sum():6} rows  AUC {roc_auc_score(labels[rows], champion[rows]):.3f} -> {roc_auc_score(labels[rows], challenger[rows]):.3f}"
              f"  outcome {outcome_rate(population, labels[rows], champion[rows], thresholds):.4f} -> "
              f"{outcome_rate(population, labels[rows], challenger[rows], thresholds):.4f}")


if __name__ == "__main__":
    train(FRAUD, assembled=False)
    train(DELIVERY, assembled=True)
