"""Writes the models of this folder. Run with: /usr/bin/python3 make_models.py (Debian's python3-onnx)."""
import pathlib

from onnx import TensorProto, helper, save

HERE = pathlib.Path(__file__).parent


def write(name, nodes, inputs, outputs, initialisers=(), opset=13):
    graph = helper.make_graph(nodes, name, inputs, outputs, list(initialisers))
    model = helper.make_model(graph, producer_name="controlplane-tests", opset_imports=[helper.make_opsetid("", opset)])
    model.ir_version = 7
    save(model, str(HERE / f"{name}.onnx"))


def tensor(name, shape, kind=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def linear(name, weights, bias):
    """score = sigmoid(weights · features + bias)"""
    write(
        name,
        [helper.make_node("Gemm", ["features", "w", "c"], ["logit"]), helper.make_node("Sigmoid", ["logit"], ["score"])],
        [tensor("features", ["rows", 2])],
        [tensor("score", ["rows", 1])],
        [helper.make_tensor("w", TensorProto.FLOAT, [2, 1], weights), helper.make_tensor("c", TensorProto.FLOAT, [1], [bias])],
    )


linear("linear-1", [1.0, -0.5], 0.25)
linear("linear-2", [2.0, 0.5], -0.25)

# Ends the process with SIGFPE when ONNX Runtime opens it: a block size of 2^32 is 0 in 32 bits, and is divided by.
write(
    "dies-at-load",
    [helper.make_node("DepthToSpace", ["features"], ["score"], blocksize=2**32)],
    [tensor("features", [1, 4, 2, 2])],
    [tensor("score", None)],
)

# Ends the process when it runs: an assertion of the C++ library on low > high.
write(
    "dies-at-run",
    [helper.make_node("RandomUniformLike", ["features"], ["noise"], low=1.0, high=-1.0), helper.make_node("Gemm", ["noise", "w"], ["score"])],
    [tensor("features", ["rows", 2])],
    [tensor("score", ["rows", 1])],
    [helper.make_tensor("w", TensorProto.FLOAT, [2, 1], [1.0, 1.0])],
)
