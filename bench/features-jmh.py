"""Each feature of a 10 s clip measured separately with JMH."""

import json
import os
import tempfile
from pathlib import Path

import sides


def main():
    with tempfile.TemporaryDirectory(prefix="fieldnotes-bench-") as folder:
        file = Path(folder) / "jmh.json"
        print(sides.java("fieldnotes.bench.FeaturesJmh", file))
        results = json.loads(file.read_text(encoding="utf-8"))
    rows = []
    for result in results:
        metric = result["primaryMetric"]
        runs = [value for fork in metric["rawData"] for value in fork]
        rows.append(
            {
                "name": result["params"]["feature"],
                "ours": sides.significant(metric["score"]),
                "unit": "µs",
                "spread": {
                    "min": sides.significant(min(runs)),
                    "max": sides.significant(max(runs)),
                },
                "runs": len(runs),
            }
        )
    sides.write(
        "features-jmh",
        rows,
        load_average=os.getloadavg()[2],
        clip="one of 10 s at 22,050 Hz; one thread; mean over the runs",
        jmh=results[0]["jmhVersion"],
        jdk=results[0]["jdkVersion"],
    )


if __name__ == "__main__":
    main()
