"""Trains a scikit-learn pipeline and writes its two halves apart: the classifier as prepared.onnx, which knows nothing of scaling, and what the
transformers fitted as steps of prepared.contract.json. prepared.rows.json holds raw rows with the scores of the whole pipeline.
before.onnx is a small graph for the onnx step: it scales a, b and c into x, the input of dense.onnx.
Run once with a Python that has scikit-learn and onnx; the files are committed."""
import json
import os

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper as h
from onnx import numpy_helper
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import KBinsDiscretizer, MinMaxScaler, OneHotEncoder, OrdinalEncoder, StandardScaler

HERE = os.path.dirname(os.path.abspath(__file__))
OPSETS = [h.make_opsetid("", 15), h.make_opsetid("ai.onnx.ml", 3)]
rng = np.random.default_rng(11)


def save(name, nodes, inputs, outputs, initializers):
    graph = h.make_graph(nodes, name, [h.make_tensor_value_info(*i) for i in inputs], [h.make_tensor_value_info(*o) for o in outputs], initializers)
    onnx.save(h.make_model(graph, opset_imports=OPSETS, ir_version=8, producer_name="controlplane-tests"), os.path.join(HERE, name + ".onnx"))


def column(values):
    return np.asarray(values).reshape(-1, 1)


def draw(count):
    tenure = rng.integers(0, 4000, count).astype(float)
    tenure[rng.random(count) < 0.2] = np.nan
    return {"amount": rng.lognormal(4, 2, count), "tenure": tenure, "age": rng.uniform(18, 90, count), "visits": rng.integers(0, 60, count).astype(float),
            "country": rng.choice(["DE", "FR", "US"], count), "grade": rng.choice(["low", "middle", "high"], count), "active": rng.random(count) < 0.5,
            "rating": rng.choice(["1", "2.5", "4"], count)}


data = draw(3000)
log = np.log1p(np.clip(data["amount"], None, 20000))
scaler = StandardScaler().fit(column(log))
imputer = SimpleImputer(strategy="median", add_indicator=True).fit(column(data["tenure"]))
visits = MinMaxScaler(clip=True).fit(column(data["visits"]))
bins = KBinsDiscretizer(n_bins=4, encode="onehot-dense", strategy="quantile").fit(column(data["age"]))
countries = OneHotEncoder(categories=[["DE", "FR", "US"]], drop="first").fit(column(data["country"]))
grades = OrdinalEncoder(categories=[["low", "middle", "high"]]).fit(column(data["grade"]))


def prepare(d):
    return np.hstack([
        scaler.transform(column(np.log1p(np.clip(d["amount"], None, 20000)))), imputer.transform(column(d["tenure"])), visits.transform(column(d["visits"])),
        bins.transform(column(d["age"])), countries.transform(column(d["country"])).toarray(), grades.transform(column(d["grade"])),
        column(d["active"]).astype(float), column(d["rating"]).astype(float)])


def truth(d):
    z = 0.4 * np.log1p(d["amount"]) - 1.5 - 0.0003 * np.nan_to_num(d["tenure"], nan=500) + (d["country"] == "US") - 0.5 * d["active"] + 0.2 * d["rating"].astype(float)
    return rng.random(len(z)) < 1 / (1 + np.exp(-z))


# The indicator stands behind all columns that follow it only in scikit-learn's own order: [value, indicator].
features = prepare(data)
classifier = LogisticRegression(max_iter=5000).fit(features, truth(data))
width = features.shape[1]
save("prepared", [h.make_node("Gemm", ["features", "w", "b"], ["z"]), h.make_node("Sigmoid", ["z"], ["score"])],
     [("features", T.FLOAT, [None, width])], [("score", T.FLOAT, [None, 1])],
     [numpy_helper.from_array(classifier.coef_.T.astype(np.float32), "w"), numpy_helper.from_array(classifier.intercept_.astype(np.float32), "b")])

steps = [
    {"op": "clip", "feature": "amount", "max": 20000},
    {"op": "log1p", "feature": "amount"},
    {"op": "standardize", "feature": "amount", "mean": float(scaler.mean_[0]), "scale": float(scaler.scale_[0])},
    {"op": "impute", "feature": "tenure", "value": float(imputer.statistics_[0]), "indicator": "tenure_gap"},
    {"op": "min_max", "feature": "visits", "min": float(visits.data_min_[0]), "max": float(visits.data_max_[0]), "clip": True},
    {"op": "bucketize", "feature": "age", "edges": [float(e) for e in bins.bin_edges_[0]], "encode": "one_hot"},
    {"op": "one_hot", "feature": "country", "drop_first": True},
    {"op": "ordinal", "feature": "grade"},
    {"op": "cast", "feature": "active", "to": "number"},
    {"op": "cast", "feature": "rating", "to": "number", "into": "stars"},
    {"op": "assemble", "tensor": "features", "datatype": "FP32",
     "columns": ["amount", "tenure", "tenure_gap", "visits", "age", "country", "grade", "active", "stars"]},
]
contract = {
    "inputs": [
        {"name": "amount", "type": "number", "min": 0}, {"name": "tenure", "type": "number", "required": False, "min": 0}, {"name": "age", "type": "number"},
        {"name": "visits", "type": "integer"}, {"name": "country", "type": "category", "values": ["DE", "FR", "US"]},
        {"name": "grade", "type": "category", "values": ["low", "middle", "high"]}, {"name": "active", "type": "boolean"},
        {"name": "rating", "type": "category", "values": ["1", "2.5", "4"]},
    ],
    "preprocessing": steps,
    "runtime": {"max_batch": 8, "timeout_milliseconds": 20000},
    "outputs": [{"name": "score", "tensor": "score", "type": "number", "min": 0, "max": 1}],
}
with open(os.path.join(HERE, "prepared.contract.json"), "w") as out:
    json.dump(contract, out, indent=1)

probe = draw(40)
scores = classifier.predict_proba(prepare(probe))[:, 1]
rows = []
for i in range(40):
    row = {"amount": float(probe["amount"][i]), "age": float(probe["age"][i]), "visits": int(probe["visits"][i]), "country": str(probe["country"][i]),
           "grade": str(probe["grade"][i]), "active": bool(probe["active"][i]), "rating": str(probe["rating"][i])}
    row["tenure"] = None if np.isnan(probe["tenure"][i]) else float(probe["tenure"][i])
    rows.append({"inputs": row, "score": float(scores[i]), "features": [float(v) for v in prepare({k: v[i:i + 1] for k, v in probe.items()})[0]]})
with open(os.path.join(HERE, "prepared.rows.json"), "w") as out:
    out.write("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")

save("before", [
    h.make_node("Imputer", ["b"], ["b_full"], domain="ai.onnx.ml", imputed_value_floats=[7.0], replaced_value_float=float("nan")),
    h.make_node("Concat", ["a", "b_full", "c"], ["abc"], axis=1),
    h.make_node("Scaler", ["abc"], ["x"], domain="ai.onnx.ml", offset=[10.0, 0.0, 0.5], scale=[0.25, 0.5, 2.0]),
], [("a", T.FLOAT, [None, 1]), ("b", T.FLOAT, [None, 1]), ("c", T.FLOAT, [None, 1])], [("x", T.FLOAT, [None, 3])], [])
