"""Writes a fitted scikit-learn model as an ONNX graph, operator by operator."""
import numpy as np
from onnx import TensorProto, checker, helper

ML = "ai.onnx.ml"
PROBABILITIES = [("label", TensorProto.INT64, [None]), ("probabilities", TensorProto.FLOAT, [None, 2])]


def signature(numbers, categories):
    """Inputs of the graph, and the nodes that bring them together into one row of numbers named `row`."""
    inputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, 1]) for name in numbers]
    nodes = [helper.make_node("Concat", list(numbers), ["numbers"], name="numbers", axis=1)]
    parts, shapes = ["numbers"], []
    for name, values in categories.items():
        inputs.append(helper.make_tensor_value_info(name, TensorProto.STRING, [None, 1]))
        # The encoder answers [rows, 1, values]; zeros=1 answers an unseen value with zeros, as scikit-learn was told to.
        nodes.append(helper.make_node("OneHotEncoder", [name], [f"{name}_hot"], name=f"{name}_hot", domain=ML, cats_strings=values, zeros=1))
        shapes.append(helper.make_tensor(f"{name}_shape", TensorProto.INT64, [2], [-1, len(values)]))
        nodes.append(helper.make_node("Reshape", [f"{name}_hot", f"{name}_shape"], [f"{name}_flat"], name=f"{name}_flat"))
        parts.append(f"{name}_flat")
    return inputs, nodes, shapes, parts


def features(width):
    """The one input of a graph whose preprocessing stands in the contract."""
    return [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, width])]


def logistic(numbers, categories, scaler, model):
    inputs, nodes, constants, parts = signature(numbers, categories)
    nodes.append(helper.make_node("Scaler", [parts[0]], ["scaled"], name="scaled", domain=ML,
                                  offset=scaler.mean_.tolist(), scale=(1 / scaler.scale_).tolist()))
    nodes.append(helper.make_node("Concat", ["scaled", *parts[1:]], ["row"], name="row", axis=1))
    nodes.append(classifier("row", model))
    return finished("champion", inputs, nodes, constants, PROBABILITIES)


def bare_logistic(model):
    return finished("champion", features(model.coef_.shape[1]), [classifier("features", model)], [], PROBABILITIES)


def classifier(row, model):
    weights = model.coef_[0]
    return helper.make_node("LinearClassifier", [row], ["label", "probabilities"], name="classifier", domain=ML, multi_class=0,
                            classlabels_ints=[0, 1], coefficients=[*(-weights).tolist(), *weights.tolist()],
                            intercepts=[-float(model.intercept_[0]), float(model.intercept_[0])], post_transform="LOGISTIC")


def boosted(numbers, categories, model):
    inputs, nodes, constants, parts = signature(numbers, categories)
    nodes.append(helper.make_node("Concat", parts, ["row"], name="row", axis=1))
    nodes.append(trees("row", model))
    nodes.append(helper.make_node("Sigmoid", ["log_odds"], ["bad"], name="bad"))
    nodes.append(helper.make_node("Sub", ["one", "bad"], ["good"], name="good"))
    nodes.append(helper.make_node("Concat", ["good", "bad"], ["probabilities"], name="probabilities", axis=1))
    nodes.append(helper.make_node("ArgMax", ["probabilities"], ["label"], name="label", axis=1, keepdims=0))
    return finished("challenger", inputs, nodes, [*constants, helper.make_tensor("one", TensorProto.FLOAT, [1], [1.0])], PROBABILITIES)


def bare_boosted(width, model):
    """Answers log odds; the contract says that a sigmoid makes them a probability."""
    return finished("challenger", features(width), [trees("features", model)], [], [("log_odds", TensorProto.FLOAT, [None, 1])])


def trees(row, model):
    return helper.make_node("TreeEnsembleRegressor", [row], ["log_odds"], name="trees", domain=ML, n_targets=1, post_transform="NONE", **ensemble(model))


def ensemble(model):
    """The attributes of a tree ensemble: one entry per node of every tree."""
    lists = {name: [] for name in ("nodes_treeids", "nodes_nodeids", "nodes_featureids", "nodes_values", "nodes_modes", "nodes_truenodeids",
                                   "nodes_falsenodeids", "target_treeids", "target_nodeids", "target_ids", "target_weights")}
    for tree_id, estimator in enumerate(model.estimators_[:, 0]):
        tree = estimator.tree_
        for node in range(tree.node_count):
            leaf = tree.children_left[node] < 0
            lists["nodes_treeids"].append(tree_id)
            lists["nodes_nodeids"].append(node)
            lists["nodes_featureids"].append(0 if leaf else int(tree.feature[node]))
            lists["nodes_values"].append(0.0 if leaf else float32_not_above(tree.threshold[node]))
            lists["nodes_modes"].append("LEAF" if leaf else "BRANCH_LEQ")
            lists["nodes_truenodeids"].append(0 if leaf else int(tree.children_left[node]))
            lists["nodes_falsenodeids"].append(0 if leaf else int(tree.children_right[node]))
            if leaf:
                lists["target_treeids"].append(tree_id)
                lists["target_nodeids"].append(node)
                lists["target_ids"].append(0)
                lists["target_weights"].append(float(model.learning_rate * tree.value[node, 0, 0]))
    prior = model.init_.class_prior_[1]
    return {**lists, "base_values": [float(np.log(prior / (1 - prior)))]}


def float32_not_above(threshold):
    """scikit-learn compares a float32 with a float64 threshold; rounding that up could send a row down the other branch."""
    rounded = np.float32(threshold)
    return float(rounded if rounded <= threshold else np.nextafter(rounded, np.float32(-np.inf)))


def finished(name, inputs, nodes, constants, outputs):
    graph = helper.make_graph(nodes, name, inputs, [helper.make_tensor_value_info(*output) for output in outputs], constants)
    model = helper.make_model(graph, producer_name="ControlPlane.Demo", ir_version=8,
                              opset_imports=[helper.make_opsetid("", 13), helper.make_opsetid(ML, 1)])
    # Not the full check: onnx has no shape inference for the ai.onnx.ml operators.
    checker.check_model(model)
    return model.SerializeToString()
