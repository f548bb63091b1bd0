"""Writes the small ONNX models of these tests beside itself. Run once with Debian's python3-onnx and python3-numpy; the files are committed."""
import json
import os

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper as h
from onnx import numpy_helper

HERE = os.path.dirname(os.path.abspath(__file__))
OPSETS = [h.make_opsetid("", 15), h.make_opsetid("ai.onnx.ml", 3)]


def value(name, kind, shape):
    return h.make_tensor_value_info(name, kind, shape)


def maps(name):
    made = onnx.ValueInfoProto(name=name)
    kind = made.type.sequence_type.elem_type.map_type
    kind.key_type = T.STRING
    kind.value_type.tensor_type.elem_type = T.FLOAT
    return made


def model(name, nodes, inputs, outputs, initializers=(), opsets=None, **more):
    graph = h.make_graph(nodes, name, inputs, outputs, list(initializers))
    made = h.make_model(graph, opset_imports=opsets or OPSETS, ir_version=8, producer_name="controlplane-tests", **more)
    onnx.save(made, os.path.join(HERE, name + ".onnx"))
    return made


def scorer(name, weights, bias):
    """amount and tenure as numbers, country as text -> probabilities [rows, 2]; imputes tenure's NaN inside the graph."""
    countries = ["DE", "FR", "US"]
    model(name, [
        h.make_node("Imputer", ["tenure"], ["tenure_full"], domain="ai.onnx.ml", imputed_value_floats=[12.0], replaced_value_float=float("nan")),
        h.make_node("OneHotEncoder", ["country"], ["country_flags"], domain="ai.onnx.ml", cats_strings=countries, zeros=1),
        h.make_node("Reshape", ["country_flags", "flat"], ["country_flat"]),
        h.make_node("Concat", ["amount", "tenure_full", "country_flat"], ["features"], axis=1),
        h.make_node("LinearClassifier", ["features"], ["label", "probabilities"], domain="ai.onnx.ml", classlabels_ints=[0, 1],
                    coefficients=[-w for w in weights] + weights, intercepts=[-bias, bias], multi_class=0, post_transform="SOFTMAX"),
    ], [value("amount", T.FLOAT, [None, 1]), value("tenure", T.FLOAT, [None, 1]), value("country", T.STRING, [None, 1])],
        [value("label", T.INT64, [None]), value("probabilities", T.FLOAT, [None, 2])],
        [numpy_helper.from_array(np.array([-1, len(countries)], np.int64), "flat")])

    def score(amount, tenure, country):
        x = [amount, 12.0 if tenure is None else tenure] + [1.0 if country == c else 0.0 for c in countries]
        z = float(np.dot(x, weights) + bias)
        return 1 / (1 + np.exp(-2 * z))

    rows = [(a, t, c) for a in (0.0, 250.0, 999.5, 20000.0) for t in (None, 0.0, 36.0) for c in countries]
    with open(os.path.join(HERE, name + ".golden.jsonl"), "w") as out:
        for a, t, c in rows:
            row = {"amount": a, "country": c}
            if t is not None:
                row["tenure"] = t
            out.write(json.dumps({"inputs": row, "outputs": {"score": score(a, t, c)}}) + "\n")


def echo():
    kinds = {"BOOL": T.BOOL, "UINT8": T.UINT8, "UINT16": T.UINT16, "UINT32": T.UINT32, "UINT64": T.UINT64, "INT8": T.INT8, "INT16": T.INT16,
             "INT32": T.INT32, "INT64": T.INT64, "FP16": T.FLOAT16, "FP32": T.FLOAT, "FP64": T.DOUBLE, "BYTES": T.STRING}
    model("echo", [h.make_node("Identity", ["in_" + k], ["out_" + k]) for k in kinds],
          [value("in_" + k, t, [None]) for k, t in kinds.items()], [value("out_" + k, t, [None]) for k, t in kinds.items()])


def tree(name, depth):
    """One chain-shaped tree: node i asks x > i, the true branch goes on."""
    last = depth
    ids = list(range(2 * depth + 1))
    inner = ids[:last]
    leaf = lambda i: last + i
    true = [i + 1 if i + 1 < last else leaf(last) for i in inner] + [0] * (last + 1)
    false = [leaf(i) for i in inner] + [0] * (last + 1)
    leaves = [leaf(i) for i in range(last + 1)]
    model(name, [h.make_node("TreeEnsembleRegressor", ["x"], ["y"], domain="ai.onnx.ml", n_targets=1, nodes_treeids=[0] * len(ids), nodes_nodeids=ids,
                             nodes_featureids=[0] * len(ids), nodes_values=[float(i) for i in inner] + [0.0] * (last + 1),
                             nodes_modes=["BRANCH_GT"] * last + ["LEAF"] * (last + 1), nodes_truenodeids=true, nodes_falsenodeids=false,
                             target_treeids=[0] * len(leaves), target_nodeids=leaves, target_ids=[0] * len(leaves),
                             target_weights=[float(i) for i in range(last + 1)])],
          [value("x", T.FLOAT, [None, 1])], [value("y", T.FLOAT, [None, 1])])


def endless():
    """Runs its body `rounds` times; each round multiplies a matrix. For what takes too long."""
    body = h.make_graph([
        h.make_node("MatMul", ["m", "m"], ["square"]),
        h.make_node("Clip", ["square"], ["next"]),
        h.make_node("Identity", ["go"], ["go_on"]),
    ], "body", [value("round", T.INT64, []), value("go", T.BOOL, []), value("m", T.FLOAT, [64, 64])],
        [value("go_on", T.BOOL, []), value("next", T.FLOAT, [64, 64])])
    model("endless", [
        h.make_node("Reshape", ["rounds", "scalar"], ["count"]),
        h.make_node("Loop", ["count", "yes", "start"], ["end"], body=body),
        h.make_node("ReduceSum", ["end", "axes"], ["sum"], keepdims=0),
        h.make_node("Reshape", ["sum", "row"], ["y"]),
    ], [value("rounds", T.INT64, [1])], [value("y", T.FLOAT, [1])], [
        numpy_helper.from_array(np.array([], np.int64), "scalar"), numpy_helper.from_array(np.array(True), "yes"),
        numpy_helper.from_array(np.eye(64, dtype=np.float32), "start"), numpy_helper.from_array(np.array([0, 1], np.int64), "axes"),
        numpy_helper.from_array(np.array([1], np.int64), "row")])


def external():
    held = numpy_helper.from_array(np.ones((3,), np.float32), "w")
    held.ClearField("raw_data")
    held.data_location = T.EXTERNAL
    entry = held.external_data.add()
    entry.key, entry.value = "location", "../secret.bin"
    model("external", [h.make_node("Add", ["x", "w"], ["y"])], [value("x", T.FLOAT, [None, 3])], [value("y", T.FLOAT, [None, 3])], [held])


def function():
    twice = h.make_function("own", "Twice", ["a"], ["b"], [h.make_node("Add", ["a", "a"], ["b"])], [h.make_opsetid("", 15)])
    model("function", [h.make_node("Twice", ["x"], ["y"], domain="own")], [value("x", T.FLOAT, [None])], [value("y", T.FLOAT, [None])],
          opsets=OPSETS + [h.make_opsetid("own", 1)], functions=[twice])


def threecolumns():
    """Three columns of numbers -> the tensor x that dense takes: a preprocessing graph."""
    model("threecolumns", [h.make_node("Concat", ["amount", "tenure", "age"], ["x"], axis=1)],
          [value(name, T.FLOAT, [None, 1]) for name in ("amount", "tenure", "age")], [value("x", T.FLOAT, [None, 3])])


def columns():
    """Answers what it is given, in every shape an output may take: what a test sends is what the contract's output is made of."""
    zero, one, last = (numpy_helper.from_array(np.array(v, np.int64), n) for v, n in (([0], "zero"), ([1], "one"), ([1], "last")))
    codes = dict(domain="ai.onnx.ml", keys_int64s=[1, 2, 3], values_strings=["R-one", "R-two", "R-three"], default_string="")
    model("columns", [
        h.make_node("Identity", ["x"], ["logits"]),
        h.make_node("Slice", ["x", "zero", "one", "last"], ["logit"]),
        h.make_node("Cast", ["x"], ["numbers"], to=T.INT64),
        h.make_node("Slice", ["numbers", "zero", "one", "last"], ["number"]),
        h.make_node("LabelEncoder", ["numbers"], ["codes"], **codes),
        h.make_node("LabelEncoder", ["number"], ["word"], **codes),
        h.make_node("Identity", ["x"], ["attributions"]),
        h.make_node("Identity", ["country"], ["country_again"]),
        h.make_node("Identity", ["vip"], ["vip_again"]),
    ], [value("x", T.FLOAT, [None, 3]), value("country", T.STRING, [None, 1]), value("vip", T.FLOAT, [None, 1])],
        [value("logits", T.FLOAT, [None, 3]), value("logit", T.FLOAT, [None, 1]), value("numbers", T.INT64, [None, 3]), value("number", T.INT64, [None, 1]),
         value("codes", T.STRING, [None, 3]), value("word", T.STRING, [None, 1]), value("attributions", T.FLOAT, [None, 3]),
         value("country_again", T.STRING, [None, 1]), value("vip_again", T.FLOAT, [None, 1])], [zero, one, last])


def main():
    scorer("scorer", [0.001, -0.02, 0.3, 0.1, -0.4], -0.4)
    scorer("scorer_b", [0.0012, -0.015, 0.2, 0.2, -0.3], -0.3)
    model("dense", [h.make_node("Gemm", ["x", "w", "b"], ["z"]), h.make_node("Sigmoid", ["z"], ["y"])],
          [value("x", T.FLOAT, [None, 3])], [value("y", T.FLOAT, [None, 1])],
          [numpy_helper.from_array(np.array([[0.5], [-0.25], [1.0]], np.float32), "w"), numpy_helper.from_array(np.array([0.1], np.float32), "b")])
    model("divide", [h.make_node("Div", ["a", "b"], ["y"])], [value("a", T.INT32, [None]), value("b", T.INT32, [None])], [value("y", T.INT32, [None])])
    model("log", [h.make_node("Log", ["x"], ["y"])], [value("x", T.FLOAT, [None, 1])], [value("y", T.FLOAT, [None, 1])])
    model("zipmap", [
        h.make_node("LinearClassifier", ["x"], ["label", "scores"], domain="ai.onnx.ml", classlabels_strings=["no", "yes"],
                    coefficients=[-1.0, 1.0], intercepts=[0.0, 0.0], post_transform="SOFTMAX"),
        h.make_node("ZipMap", ["scores"], ["probability"], domain="ai.onnx.ml", classlabels_strings=["no", "yes"]),
    ], [value("x", T.FLOAT, [None, 1])], [value("label", T.STRING, [None]), maps("probability")])
    model("emptyinput", [h.make_node("Max", ["x", ""], ["y"])], [value("x", T.FLOAT, [None])], [value("y", T.FLOAT, [None])])
    model("wideaxis", [h.make_node("LayerNormalization", ["x", "s"], ["y"], axis=2**63 - 1)], [value("x", T.FLOAT, [None, 3])],
          [value("y", T.FLOAT, [None, 3])], [numpy_helper.from_array(np.ones(3, np.float32), "s")], opsets=[h.make_opsetid("", 17)])
    model("deadly", [h.make_node("DepthToSpace", ["x"], ["y"], blocksize=2**32)], [value("x", T.FLOAT, [1, 4, 2, 2])], [value("y", T.FLOAT, None)])
    model("custom", [h.make_node("Magic", ["x"], ["y"], domain="example.custom")], [value("x", T.FLOAT, [None])], [value("y", T.FLOAT, [None])],
          opsets=OPSETS + [h.make_opsetid("example.custom", 1)])
    columns()
    echo()
    tree("tree", 12)
    tree("deeptree", 1500)
    endless()
    external()
    function()
    threecolumns()


main()
