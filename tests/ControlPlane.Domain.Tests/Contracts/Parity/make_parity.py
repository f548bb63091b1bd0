"""Writes scikit_learn.json beside itself: what scikit-learn's own transformers make of columns with gaps, edges and values that training never saw.
Run with a Python that has scikit-learn; the file is committed. Expected values are doubles; those of a case marked "single" come from float32 input."""
import json
import math
import os

import numpy as np
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import FunctionTransformer, KBinsDiscretizer, MinMaxScaler, OneHotEncoder, OrdinalEncoder, StandardScaler

HERE = os.path.dirname(os.path.abspath(__file__))
NAN = float("nan")
rng = np.random.default_rng(7)
cases = []


def plain(value):
    if isinstance(value, str):
        return value
    value = float(value)
    return None if math.isnan(value) else value


def case(name, source, step, column, expected, kind="number", single=False):
    expected = np.asarray(expected.toarray() if hasattr(expected, "toarray") else expected)
    cases.append({"name": name, "source": source, "kind": kind, "single": single, "step": step, "column": [plain(v) for v in column],
                  "expected": [[plain(v) for v in row] for row in expected.reshape(len(column), -1)]})


def column(values, dtype=np.float64):
    return np.asarray(values, dtype).reshape(-1, 1)


train = np.concatenate([rng.normal(50, 20, 60), [0.0, 1e-12, 1e12]])
probe = np.concatenate([rng.normal(50, 40, 20), [NAN, 0.0, -0.0, 1e-300, -1e300, 1e300, 50.0, 0.1, NAN]])

scaler = StandardScaler().fit(column(train))
standardize = {"op": "standardize", "mean": float(scaler.mean_[0]), "scale": float(scaler.scale_[0])}
case("standardize", "StandardScaler", standardize, probe, scaler.transform(column(probe)))
case("standardize_single", "StandardScaler on float32", standardize, probe[:20].astype(np.float32).astype(float), scaler.transform(column(probe[:20], np.float32)), single=True)

for low, high, clip in [(0, 1, False), (-1, 1, True), (2, 5, False)]:
    bounded = MinMaxScaler(feature_range=(low, high), clip=clip).fit(column(train[:60]))
    case(f"min_max_{low}_{high}_{clip}", "MinMaxScaler",
         {"op": "min_max", "min": float(bounded.data_min_[0]), "max": float(bounded.data_max_[0]), "low": low, "high": high, "clip": clip},
         probe, bounded.transform(column(probe)))

small = np.array([0.0, 1e-18, 1e-10, 1e-5, 0.5, 1.0, 3.0, 1e6, 1e300, -0.5, -0.999999, -1e-16, NAN])
case("log1p", "FunctionTransformer(numpy.log1p)", {"op": "log1p"}, small, FunctionTransformer(np.log1p).fit(column(small)).transform(column(small)))
case("clip", "numpy.clip", {"op": "clip", "min": -10, "max": 60.5}, probe, np.clip(probe, -10, 60.5))

for strategy in ["mean", "median"]:
    imputer = SimpleImputer(strategy=strategy, add_indicator=True).fit(column(np.append(train, NAN)))
    case(f"impute_{strategy}", "SimpleImputer(add_indicator=True)", {"op": "impute", "value": float(imputer.statistics_[0]), "indicator": "was_missing"},
         probe, imputer.transform(column(probe)))

words = ["DE", "FR", "US", "", "XX", "de", "FR ", "Ö", "US"]
filler = SimpleImputer(missing_values="", strategy="constant", fill_value="FR").fit(column(words, object))
case("impute_text", "SimpleImputer(missing_values='')", {"op": "impute", "value": "FR"}, words, filler.transform(column(words, object)), kind="text")

known = ["DE", "FR", "US"]
for drop in [None, "first"]:
    encoder = OneHotEncoder(categories=[known], handle_unknown="ignore", drop=drop).fit(column(known, object))
    case(f"one_hot_text_drop_{drop}", "OneHotEncoder(handle_unknown='ignore')", {"op": "one_hot", "values": known, "drop_first": drop is not None}, words,
         encoder.transform(column(words, object)), kind="text")

digits = [3.0, 1.0, 2.0, 7.0, 0.1, -1.0, 4.0, 1.0]
encoder = OneHotEncoder(categories=[[0.1, 1.0, 2.0, 3.0]], handle_unknown="ignore").fit(column([1.0]))
case("one_hot_number", "OneHotEncoder(handle_unknown='ignore')", {"op": "one_hot", "values": [0.1, 1.0, 2.0, 3.0]}, digits, encoder.transform(column(digits)))
many = [float(v) for v in range(40)]
encoder = OneHotEncoder(categories=[many], handle_unknown="ignore").fit(column(many))
case("one_hot_many_numbers", "OneHotEncoder(handle_unknown='ignore')", {"op": "one_hot", "values": many}, [39.0, 0.0, 40.0, 0.5], encoder.transform(column([39.0, 0.0, 40.0, 0.5])))

ranks = OrdinalEncoder(categories=[known], handle_unknown="use_encoded_value", unknown_value=-1).fit(column(known, object))
filled = [w for w in words if w]
case("ordinal_text", "OrdinalEncoder(unknown_value=-1)", {"op": "ordinal", "values": known, "unseen_value": -1}, filled, ranks.transform(column(filled, object)), kind="text")
with_gaps = [1.0, 3.0, NAN, 2.0, 9.0]
ranks = OrdinalEncoder(categories=[[1.0, 2.0, 3.0, NAN]], handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-2).fit(column([1.0, 2.0, 3.0, NAN]))
case("ordinal_number", "OrdinalEncoder(unknown_value=-1, encoded_missing_value=-2)", {"op": "ordinal", "values": [1, 2, 3], "unseen_value": -1, "missing_value": -2},
     with_gaps, ranks.transform(column(with_gaps)))
ranks = OrdinalEncoder(categories=[[1.0, 2.0, 3.0, NAN]], handle_unknown="use_encoded_value", unknown_value=-1).fit(column([1.0, 2.0, 3.0, NAN]))
case("ordinal_missing_stays", "OrdinalEncoder(unknown_value=-1)", {"op": "ordinal", "values": [1, 2, 3], "unseen_value": -1}, with_gaps, ranks.transform(column(with_gaps)))

for strategy in ["uniform", "quantile"]:
    for encode in ["ordinal", "onehot-dense"]:
        bins = KBinsDiscretizer(n_bins=5, encode=encode, strategy=strategy).fit(column(train[:60]))
        edges = [float(e) for e in bins.bin_edges_[0]]
        inside = [v for v in probe if not math.isnan(v)] + edges + [e + 1e-9 for e in edges] + [np.nextafter(e, -np.inf) for e in edges]
        case(f"bucketize_{strategy}_{encode}", "KBinsDiscretizer", {"op": "bucketize", "edges": edges, "encode": "one_hot" if encode != "ordinal" else "ordinal"},
             inside, bins.transform(column(inside)))

with open(os.path.join(HERE, "scikit_learn.json"), "w") as out:
    out.write('{"scikit_learn": "%s", "numpy": "%s", "cases": [\n' % (sklearn.__version__, np.__version__))
    out.write(",\n".join(json.dumps(c, ensure_ascii=False) for c in cases))
    out.write("\n]}\n")
