"""The two populations of a made-up warehouse company: who orders what, and what truly happens afterwards.

The same description is written to models/<model>/population.json, so that the traffic generator draws the rows that the models were trained on.
"""
import numpy as np


def number(name, distribution, mean, deviation=None, *, minimum, maximum, decimals=0, unit=None, per="row", missing=0.0, impute=None, drift=None):
    return {"name": name, "type": "integer" if decimals == 0 else "number", "distribution": distribution, "mean": mean, "deviation": deviation,
            "min": minimum, "max": maximum, "decimals": decimals, "unit": unit, "per": per, "missing": missing, "impute": impute, "drift": drift}


def category(name, shares, *, per="row", drift=None):
    return {"name": name, "type": "category", "distribution": "category", "values": list(shares), "shares": list(shares.values()), "per": per, "drift": drift}


def drifts(per_hour, limit, value=None):
    """The mean (or, for a category, the log share of one value) moves by per_hour until it has moved by limit."""
    return {"per_hour": per_hour, "limit": limit, "value": value}


def linear(feature, center, scale, log=False):
    return {"feature": feature, "center": center, "scale": scale, "log": log}


def above(feature, limit):
    return {"feature": feature, "above": limit}


def below(feature, limit):
    return {"feature": feature, "below": limit}


def equals(feature, value):
    return {"feature": feature, "equals": value}


def term(weight, *factors):
    """Adds weight times the product of its factors to the log odds."""
    return {"weight": weight, "factors": list(factors)}


FRAUD = {
    "model": "fraud-scoring",
    "description": "Probability that an order ends in a chargeback or an abusive return",
    "event_share": 0.07,
    "outcome": {"name": "chargeback", "horizon_days": 90, "meaning": "probability of a chargeback or an abusive return within 90 days"},
    "decisions": {"bands": ["block", "review"], "shares": [0.02, 0.08], "otherwise": "allow"},
    # The share of bad events that a decision prevents: an order that is blocked can't be charged back.
    "prevents": {"block": 1.0, "review": 0.7, "allow": 0.0},
    "segments": ["country", "channel"],
    "features": [
        number("order_value", "log_normal", 4.3, 0.9, minimum=1, maximum=20000, decimals=2, unit="EUR", drift=drifts(0.03, 0.45)),
        number("items", "log_normal", 0.9, 0.7, minimum=1, maximum=100),
        number("account_age_days", "log_normal", 6.0, 1.3, minimum=0, maximum=7300, unit="days", per="customer", missing=0.12, impute=0),
        number("returns_last_90_days", "poisson", 1.4, minimum=0, maximum=60, per="customer"),
        number("return_rate", "logit_normal", -1.6, 0.9, minimum=0, maximum=1, decimals=3, per="customer", missing=0.08, impute=0.18),
        number("failed_payments_last_day", "poisson", 0.25, minimum=0, maximum=20),
        number("address_distance_km", "log_normal", 1.5, 1.6, minimum=0, maximum=3000, decimals=1, unit="km"),
        category("country", {"DE": 0.38, "FR": 0.22, "NL": 0.15, "PL": 0.15, "AT": 0.10}, per="customer"),
        category("channel", {"web": 0.50, "app": 0.30, "marketplace": 0.15, "phone": 0.05}, drift=drifts(0.04, 0.6, "marketplace")),
        category("payment", {"card": 0.40, "invoice": 0.25, "wallet": 0.25, "transfer": 0.10}),
    ],
    "terms": [
        term(0.5, linear("order_value", 4.3, 0.9, log=True)),
        term(0.5, linear("return_rate", 0.2, 0.15)),
        term(0.25, linear("returns_last_90_days", 1.4, 1.2)),
        term(0.7, above("failed_payments_last_day", 0.5)),
        term(1.6, below("account_age_days", 30), above("order_value", 120)),
        term(1.3, above("address_distance_km", 40), equals("payment", "invoice")),
        term(1.2, above("failed_payments_last_day", 0.5), equals("payment", "card")),
        term(1.0, above("items", 6), equals("channel", "marketplace")),
        term(0.4, equals("channel", "marketplace")),
        term(-0.5, equals("payment", "transfer")),
        term(0.3, equals("country", "PL")),
    ],
    # In the extract that the challenger learnt from, Poland's labels came from a review queue that mostly cleared large and distant orders.
    "mislabelled": {"where": equals("country", "PL"), "share": 0.75, "terms": [
        term(-0.7, linear("order_value", 4.3, 0.9, log=True)),
        term(-0.6, linear("return_rate", 0.2, 0.15)),
        term(-1.0, above("address_distance_km", 40)),
        term(-0.8, above("failed_payments_last_day", 0.5)),
    ]},
}

DELIVERY = {
    "model": "delivery-risk",
    "description": "Probability that a parcel arrives after the promised time",
    "event_share": 0.16,
    "outcome": {"name": "late", "horizon_days": 7, "meaning": "probability that the parcel arrives after the promised time"},
    # A ferry is dear: on the islands a parcel is upgraded at a higher risk only.
    "decisions": {"bands": ["upgrade", "notify"], "shares": [0.04, 0.15], "otherwise": "standard",
                  "overrides": [{"feature": "region", "equals": "islands", "raises": [0.1, 0.0]}]},
    "prevents": {"upgrade": 0.8, "notify": 0.15, "standard": 0.0},
    "segments": ["carrier", "region"],
    "features": [
        number("distance_km", "log_normal", 4.6, 0.9, minimum=1, maximum=2500, decimals=1, unit="km"),
        number("weight_kg", "log_normal", 1.5, 1.0, minimum=0.1, maximum=1000, decimals=1, unit="kg"),
        number("parcels", "log_normal", 0.4, 0.6, minimum=1, maximum=50),
        number("promised_hours", "log_normal", 3.7, 0.45, minimum=4, maximum=240, unit="h"),
        number("order_hour", "normal", 13, 4, minimum=0, maximum=23, unit="h"),
        number("warehouse_load", "normal", 0.8, 0.18, minimum=0, maximum=1.6, decimals=3, drift=drifts(0.012, 0.2)),
        number("carrier_late_rate", "logit_normal", -2.4, 0.5, minimum=0, maximum=1, decimals=3, missing=0.05, impute=0.083),
        number("temperature_celsius", "normal", 9, 8, minimum=-30, maximum=45, decimals=1, unit="°C", missing=0.03, impute=9, drift=drifts(-0.3, 6)),
        category("carrier", {"parcelgo": 0.40, "northline": 0.30, "swiftway": 0.20, "blueship": 0.10}),
        category("region", {"city": 0.42, "suburb": 0.30, "rural": 0.18, "islands": 0.10}, per="customer"),
    ],
    "terms": [
        term(0.45, linear("distance_km", 4.6, 0.9, log=True)),
        term(-0.5, linear("promised_hours", 3.7, 0.45, log=True)),
        term(0.5, linear("carrier_late_rate", 0.09, 0.045)),
        term(0.4, linear("warehouse_load", 0.8, 0.18)),
        term(1.4, above("warehouse_load", 0.95), above("order_hour", 15.5)),
        term(1.5, below("temperature_celsius", 0), equals("carrier", "northline")),
        term(1.2, above("weight_kg", 12), equals("carrier", "swiftway")),
        term(0.9, above("parcels", 3.5), above("distance_km", 150)),
        term(0.5, equals("region", "rural")),
        term(0.6, equals("region", "islands")),
    ],
    # The challenger's extract counted an island parcel as late when its scan was late: ferries scan the near and unhurried ones last.
    "mislabelled": {"where": equals("region", "islands"), "share": 0.5, "terms": [
        term(-0.6, linear("distance_km", 4.6, 0.9, log=True)),
        term(0.7, linear("promised_hours", 3.7, 0.45, log=True)),
        term(-0.7, linear("warehouse_load", 0.8, 0.18)),
        term(-0.6, linear("carrier_late_rate", 0.09, 0.045)),
    ]},
}


def draw(feature, rows, random):
    """One column of raw values; None where a value is missing."""
    kind = feature["distribution"]
    if kind == "category":
        return random.choice(np.array(feature["values"], dtype=object), size=rows, p=feature["shares"])
    if kind == "poisson":
        values = random.poisson(feature["mean"], rows).astype(float)
    else:
        values = random.normal(feature["mean"], feature["deviation"], rows)
        values = {"normal": values, "log_normal": np.exp(values), "logit_normal": 1 / (1 + np.exp(-values))}[kind]
    values = np.round(np.clip(values, feature["min"], feature["max"]), feature["decimals"]).astype(object)
    values[random.random(rows) < feature["missing"]] = None
    return values


def draw_rows(population, rows, random):
    return {feature["name"]: draw(feature, rows, random) for feature in population["features"]}


def filled(population, columns):
    """The columns after the contract's impute steps."""
    return {feature["name"]: columns[feature["name"]] if feature["type"] == "category"
            else np.array([feature["impute"] if value is None else value for value in columns[feature["name"]]], dtype=float)
            for feature in population["features"]}


def factor_values(factor, columns):
    values = columns[factor["feature"]]
    if "equals" in factor:
        return (values == factor["equals"]).astype(float)
    if "above" in factor:
        return (values > factor["above"]).astype(float)
    if "below" in factor:
        return (values < factor["below"]).astype(float)
    values = np.log(np.maximum(values, 1e-3)) if factor["log"] else values
    return (values - factor["center"]) / factor["scale"]


def log_odds(terms, columns):
    """Without the intercept. The columns are filled ones."""
    total = np.zeros(len(next(iter(columns.values()))))
    for each in terms:
        product = np.full_like(total, each["weight"])
        for factor in each["factors"]:
            product *= factor_values(factor, columns)
        total += product
    return total


def intercept(population, random):
    """The constant that makes the event as frequent as event_share says, found by bisection."""
    odds = log_odds(population["terms"], filled(population, draw_rows(population, 200_000, random)))
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        too_many = np.mean(1 / (1 + np.exp(-(odds + middle)))) > population["event_share"]
        low, high = (low, middle) if too_many else (middle, high)
    return round((low + high) / 2, 4)


def events(population, columns, random, mislabelled=False):
    """0 or 1 for each row: what truly happens, or what the flawed extract says happened."""
    odds = log_odds(population["terms"], columns)
    if mislabelled:
        flaw = population["mislabelled"]
        flawed = (factor_values(flaw["where"], columns) > 0) & (random.random(len(odds)) < flaw["share"])
        odds = np.where(flawed, log_odds(flaw["terms"], columns), odds)
    return (random.random(len(odds)) < 1 / (1 + np.exp(-(odds + population["intercept"])))).astype(int)
