"""Makes the .onnx files beside it. Needs onnx, scikit-learn and numpy; the results are committed, so tests do not."""
import json
import os

import numpy as np
from onnx import TensorProto, ValueInfoProto, helper, numpy_helper, save
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

HERE = os.path.dirname(os.path.abspath(__file__))
OPSETS = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]


def info(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def write(name, graph, **fields):
    model = helper.make_model(graph, opset_imports=OPSETS, producer_name="make_models", **fields)
    model.ir_version = 8
    save(model, os.path.join(HERE, name + ".onnx"))
    return model


def identities():
    kinds = dict(bool=TensorProto.BOOL, uint8=TensorProto.UINT8, uint16=TensorProto.UINT16, uint32=TensorProto.UINT32,
                 uint64=TensorProto.UINT64, int8=TensorProto.INT8, int16=TensorProto.INT16, int32=TensorProto.INT32,
                 int64=TensorProto.INT64, float16=TensorProto.FLOAT16, float32=TensorProto.FLOAT, float64=TensorProto.DOUBLE,
                 string=TensorProto.STRING)
    for name, kind in kinds.items():
        write("identity_" + name, helper.make_graph(
            [helper.make_node("Identity", ["x"], ["y"])], "identity", [info("x", kind, ["n"])], [info("y", kind, ["n"])]))
    write("identity_bfloat16", helper.make_graph(
        [helper.make_node("Identity", ["x"], ["y"])], "identity", [info("x", TensorProto.BFLOAT16, [1])], [info("y", TensorProto.BFLOAT16, [1])]))


def endless_loop():
    body = helper.make_graph(
        [helper.make_node("Identity", ["cond_in"], ["cond_out"]), helper.make_node("Add", ["v_in", "step"], ["v_out"])],
        "body",
        [info("i", TensorProto.INT64, []), info("cond_in", TensorProto.BOOL, []), info("v_in", TensorProto.FLOAT, [1])],
        [info("cond_out", TensorProto.BOOL, []), info("v_out", TensorProto.FLOAT, [1])],
        [numpy_helper.from_array(np.array([1], np.float32), "step")])
    loop = helper.make_node("Loop", ["", "go", "x"], ["y"], body=body)
    write("endless_loop", helper.make_graph([loop], "endless", [info("go", TensorProto.BOOL, []), info("x", TensorProto.FLOAT, [1])],
                                            [info("y", TensorProto.FLOAT, [1])]))


def linear_classifier(model, **labels):
    return helper.make_node("LinearClassifier", ["features"], ["label", "raw"], domain="ai.onnx.ml",
                            coefficients=model.coef_.ravel().tolist(), intercepts=model.intercept_.tolist(),
                            multi_class=1, post_transform="SOFTMAX", **labels)


def iris():
    x, y = load_iris(return_X_y=True)
    model = LogisticRegression(max_iter=500).fit(x, y)
    features = info("features", TensorProto.FLOAT, ["rows", 4])
    graph = helper.make_graph(
        [linear_classifier(model, classlabels_ints=[0, 1, 2]), helper.make_node("Identity", ["raw"], ["probabilities"])], "iris",
        [features], [info("label", TensorProto.INT64, ["rows"]), info("probabilities", TensorProto.FLOAT, ["rows", 3])],
        doc_string="three kinds of iris")
    made = helper.make_model(graph, opset_imports=OPSETS, producer_name="make_models", domain="org.example", model_version=7,
                             doc_string="logistic regression on iris")
    helper.set_model_props(made, {"trained_on": "iris", "größe": "150 🌸"})
    made.ir_version = 8
    save(made, os.path.join(HERE, "iris.onnx"))

    names = ["setosa", "versicolor", "virginica"]
    for kind, labels, keys, key_kind in (
            ("string", dict(classlabels_strings=names), dict(classlabels_strings=names), TensorProto.STRING),
            ("int64", dict(classlabels_ints=[10, 20, 30]), dict(classlabels_int64s=[10, 20, 30]), TensorProto.INT64)):
        zipmap = helper.make_node("ZipMap", ["raw"], ["probabilities"], domain="ai.onnx.ml", **keys)
        value = ValueInfoProto(name="probabilities")
        value.type.sequence_type.elem_type.map_type.key_type = key_kind
        value.type.sequence_type.elem_type.map_type.value_type.tensor_type.elem_type = TensorProto.FLOAT
        write("iris_zipmap_" + kind, helper.make_graph([linear_classifier(model, **labels), zipmap], "zipmap", [features],
                                                       [info("label", key_kind, ["rows"]), value]))

    rows = x[[0, 25, 60, 75, 110, 149]].astype(np.float32)
    with open(os.path.join(HERE, "iris.json"), "w") as f:
        json.dump(dict(features=[[round(float(v), 3) for v in r] for r in rows], labels=model.predict(rows).tolist(),
                       probabilities=model.predict_proba(rows).tolist()), f, indent=1)


def sequence_output():
    value = helper.make_tensor_sequence_value_info("y", TensorProto.FLOAT, [2])
    write("sequence_output", helper.make_graph(
        [helper.make_node("SequenceConstruct", ["x"], ["y"]), helper.make_node("Identity", ["x"], ["z"])], "sequence",
        [info("x", TensorProto.FLOAT, [2])], [value, info("z", TensorProto.FLOAT, [2])]))


def broken():
    x, y = info("x", TensorProto.FLOAT, ["n"]), info("y", TensorProto.FLOAT, ["n"])
    write("unknown_op", helper.make_graph([helper.make_node("Frobnicate", ["x"], ["y"])], "unknown", [x], [y]))
    weight = numpy_helper.from_array(np.array([1, 2, 3], np.float32), "w")
    weight.data_location = TensorProto.EXTERNAL
    with open(os.path.join(HERE, "external_data.bin"), "wb") as f:
        f.write(weight.raw_data)
    for key, value in (("location", "external_data.bin"), ("offset", "0"), ("length", "12")):
        weight.external_data.add(key=key, value=value)
    weight.ClearField("raw_data")
    write("external_data", helper.make_graph([helper.make_node("Add", ["x", "w"], ["y"])], "external",
                                             [info("x", TensorProto.FLOAT, [3])], [info("y", TensorProto.FLOAT, [3])], [weight]))


def large_output():
    """A matrix [n, 65536] out of a column [n, 1]: 256 KB of output for each 4 bytes in."""
    shape = numpy_helper.from_array(np.array([1, 65536], np.int64), "shape")
    write("widen", helper.make_graph([helper.make_node("Expand", ["x", "shape"], ["y"])], "widen",
                                     [info("x", TensorProto.FLOAT, ["n", 1])], [info("y", TensorProto.FLOAT, ["n", 65536])], [shape]))


for make in (identities, endless_loop, iris, sequence_output, broken, large_output):
    make()
