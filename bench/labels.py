"""What labels are worth by each guide, and how long it takes to choose the next clip.

    ./workbench bench labels [--only TASK,...] [--seeds N]

Tasks: studio, telephone, samples (each with a perfect ear and with one that is wrong about 5 % of the
clips) and speed. A forest of 100 trees learns from the labels, heard and propagated, and is judged on
recordings held out: a third of the rows, other ones for each seed. The area is that under its accuracy
by clips heard, divided by the width; the clips to reach are those at which the mean accuracy over seeds
first reaches 80, 90 and 95 % of what all labels give. Speed: the longest question, answer and fit of
1,000 answers among 30,000 clips of 38 features with 4 GB, and what is done once before. There is no
peer among the Python libraries.
"""

import json
import statistics

import sides

KEPT = (10, 40, 100, 200)
TASKS = {"studio": (10, 200), "telephone": (10, 200), "samples": (10, 100)}


def lines(*arguments):
    printed = sides.java("fieldnotes.bench.LabelsBench", *arguments, options=["-Xmx4g"])
    return [json.loads(line) for line in printed.splitlines() if line.startswith("{")]


def rounded(value):
    """With three digits."""
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return sides.significant(value, 3) if isinstance(value, float) else value


def thinned(row):
    """The row with its curves at a few numbers of clips, and the deviations of accuracy only."""
    at = [i for i, clips in enumerate(row["clips"]) if clips in KEPT]
    return {
        key: rounded([v[i] for i in at] if isinstance(v, list) else v)
        for key, v in row.items()
        if not key.endswith(" std") or key.startswith("accuracy")
    }


def curves(task, seeds):
    rows = []
    for ear, wrong in (("perfect ear", 0), ("5 % wrong", 0.05)):
        for row in lines("curves", task, *TASKS[task], seeds, wrong):
            areas = row.pop("areas")
            found = {
                "name": f"{task}, {ear}: {row.pop('strategy')}",
                "ours": sides.significant(row.pop("area")),
                "unit": "mean accuracy",
                "deviation": sides.significant(statistics.stdev(areas) if len(areas) > 1 else 0.0),
            }
            rows.append(found | thinned(row))
    return rows


def speed():
    return [
        {"name": f"speed: {row.pop('strategy')}", "ours": sides.significant(row["next"]), "unit": "s a question at most"}
        | {key: rounded(value) for key, value in row.items()}
        for row in lines("speed", 30000, 1000)
    ]


def main():
    parser = sides.parser(__doc__)
    names = ",".join([*TASKS, "speed"])
    parser.add_argument("--only", default=names, help="tasks to run (default: %(default)s)")
    parser.add_argument("--seeds", type=int, default=10, help="number of seeds (default: %(default)s)")
    options = parser.parse_args()
    rows = []
    for task in options.only.split(","):
        rows += speed() if task == "speed" else curves(task, options.seeds)
    sides.write("labels", rows, seeds=options.seeds)


if __name__ == "__main__":
    main()
