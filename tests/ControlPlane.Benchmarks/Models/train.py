"""Writes row-of-20.onnx: a logistic regression over 20 numbers as one tensor, by hand, with fixed weights.

Needs the onnx package; run it in this folder. The file is committed, so nobody has to.
"""
import math

from onnx import TensorProto, helper, save

COLUMNS = 20
weights = [math.sin(1 + column) / 4 for column in range(COLUMNS)]
classifier = helper.make_node(
    "LinearClassifier", ["features"], ["label", "raw"], domain="ai.onnx.ml", classlabels_ints=[0, 1],
    coefficients=[-weight for weight in weights] + weights, intercepts=[0.1, -0.1], multi_class=0, post_transform="SOFTMAX")
probabilities = helper.make_node("Identity", ["raw"], ["probabilities"])
graph = helper.make_graph(
    [classifier, probabilities], "row-of-20",
    [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, COLUMNS])],
    [helper.make_tensor_value_info("label", TensorProto.INT64, [None]), helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [None, 2])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15), helper.make_opsetid("ai.onnx.ml", 2)])
model.ir_version = 8
save(model, "row-of-20.onnx")
