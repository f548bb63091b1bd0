"""The contract of a version: everything besides the artifact that must be true for it to predict rightly."""


def contract(population, thresholds, assembled):
    outcome, decisions = population["outcome"], population["decisions"]
    return {
        "inputs": [typed_input(feature) for feature in population["features"]],
        "preprocessing": steps(population, assembled),
        "runtime": {"format": "onnx", "threads": 1, "max_batch": 64, "max_delay_microseconds": 0, "timeout_milliseconds": 200, "memory_megabytes": 512},
        "outputs": [{"name": "score", "tensor": "probabilities", "index": 1, "type": "number", "min": 0, "max": 1,
                     "meaning": outcome["meaning"], "direction": "higher_is_riskier"}],
        "policy": {"score": "score", "otherwise": decisions["otherwise"],
                   "bands": [{"at_least": limit, "decision": decision} for decision, limit in zip(decisions["bands"], thresholds)]},
        "response": {"version": "1.0"},
        "slo": {"latency_p99_milliseconds": 50, "error_rate": 0.001},
        "segments": population["segments"],
        "outcome": {"name": outcome["name"], "kind": "binary", "good": "low", "horizon_days": outcome["horizon_days"]},
    }


def typed_input(feature):
    if feature["type"] == "category":
        return {"name": feature["name"], "type": "category", "values": feature["values"], "unseen": "reject", "required": True}
    declared = {"name": feature["name"], "type": feature["type"], "min": feature["min"], "max": feature["max"], "required": feature["missing"] == 0}
    return {**declared, "unit": feature["unit"]} if feature["unit"] else declared


def steps(population, assembled):
    numbers = [feature for feature in population["features"] if feature["type"] != "category"]
    imputed = [{"op": "impute", "feature": feature["name"], "value": feature["impute"]} for feature in numbers if feature["missing"] > 0]
    if not assembled:
        return imputed
    return [*imputed, {"op": "assemble", "tensor": "features", "datatype": "FP32", "columns": [feature["name"] for feature in numbers]}]
