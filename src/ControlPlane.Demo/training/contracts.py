"""The contract of a version: everything besides the artifact that must be true for it to predict rightly."""


def contract(population, thresholds, preparation, output):
    outcome, decisions = population["outcome"], population["decisions"]
    return {
        "inputs": [typed_input(feature) for feature in population["features"]],
        "preprocessing": [*imputed(population), *preparation],
        "runtime": {"format": "onnx", "threads": 1, "max_batch": 64, "max_delay_microseconds": 0, "timeout_milliseconds": 200, "memory_megabytes": 512},
        "outputs": [{"name": "score", **output, "type": "number", "min": 0, "max": 1, "meaning": outcome["meaning"], "direction": "higher_is_riskier"}],
        "policy": policy(decisions, thresholds),
        "response": {"version": "1.0"},
        "slo": {"latency_p99_milliseconds": 50, "error_rate": 0.001},
        "segments": population["segments"],
        "outcome": {"name": outcome["name"], "kind": "binary", "good": "low", "horizon_days": outcome["horizon_days"]},
    }


def policy(decisions, thresholds):
    stated = {"score": "score", "otherwise": decisions["otherwise"], "bands": bands(decisions, thresholds)}
    overrides = [{"segment": {each["feature"]: each["equals"]}, "bands": bands(decisions, raised(thresholds, each))} for each in decisions.get("overrides", [])]
    return {**stated, "overrides": overrides} if overrides else stated


def bands(decisions, thresholds):
    return [{"at_least": limit, "decision": decision} for decision, limit in zip(decisions["bands"], thresholds)]


def raised(thresholds, override):
    return [round(limit + by, 2) for limit, by in zip(thresholds, override["raises"])]


def typed_input(feature):
    if feature["type"] == "category":
        return {"name": feature["name"], "type": "category", "values": feature["values"], "unseen": "reject", "required": True}
    declared = {"name": feature["name"], "type": feature["type"], "min": feature["min"], "max": feature["max"], "required": feature["missing"] == 0}
    return {**declared, "unit": feature["unit"]} if feature["unit"] else declared


def imputed(population):
    return [{"op": "impute", "feature": feature["name"], "value": feature["impute"]} for feature in population["features"]
            if feature["type"] != "category" and feature["missing"] > 0]


def standardized(numbers, scaler):
    """What the scaler was fitted to, written out: the graph begins behind it."""
    return [{"op": "standardize", "feature": name, "mean": float(mean), "scale": float(scale)} for name, mean, scale in zip(numbers, scaler.mean_, scaler.scale_)]


def assembled(numbers, categories):
    return [*({"op": "one_hot", "feature": name} for name in categories),
            {"op": "assemble", "tensor": "features", "datatype": "FP32", "columns": [*numbers, *categories]}]
