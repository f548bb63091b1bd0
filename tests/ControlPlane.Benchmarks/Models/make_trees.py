"""Writes trees-28.onnx and trees-280.onnx: a hundred trees of depth 6 over the columns that the benchmark's contracts prepare, with fixed splits.

Needs the onnx package; run it in this folder. The files are committed, so nobody has to.
"""
import random

from onnx import TensorProto, helper, save

TREES, DEPTH = 100, 6


def trees(columns):
    draw = random.Random(columns)
    inner = 2 ** DEPTH - 1
    nodes = {key: [] for key in ("treeids", "nodeids", "featureids", "values", "modes", "truenodeids", "falsenodeids")}
    leaves = []
    for tree in range(TREES):
        for node in range(2 * inner + 1):
            is_leaf = node >= inner
            row = (tree, node, 0 if is_leaf else draw.randrange(columns), 0.0 if is_leaf else round(draw.uniform(-1, 1), 3), "LEAF" if is_leaf else "BRANCH_LEQ",
                   0 if is_leaf else 2 * node + 1, 0 if is_leaf else 2 * node + 2)
            for key, value in zip(nodes, row):
                nodes[key].append(value)
            if is_leaf:
                leaves.append((tree, node, round(draw.uniform(-0.1, 0.1), 4)))
    regressor = helper.make_node(
        "TreeEnsembleRegressor", ["features"], ["score"], domain="ai.onnx.ml", n_targets=1, **{f"nodes_{key}": values for key, values in nodes.items()},
        target_treeids=[leaf[0] for leaf in leaves], target_nodeids=[leaf[1] for leaf in leaves], target_ids=[0] * len(leaves), target_weights=[leaf[2] for leaf in leaves])
    graph = helper.make_graph(
        [regressor], f"trees-{columns}", [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, columns])],
        [helper.make_tensor_value_info("score", TensorProto.FLOAT, [None, 1])])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15), helper.make_opsetid("ai.onnx.ml", 3)])
    model.ir_version = 8
    save(model, f"trees-{columns}.onnx")


for columns in (28, 280):
    trees(columns)
