"""The order in which the notebooks of a run begin."""

import live
import pages
import takes


class Turns:
    """In the order given, but so that no long one is left alone at the end, while other cores idle."""

    def __init__(self, notebooks, seconds, jobs):
        self.left = list(notebooks)
        self.seconds = seconds
        self.jobs = jobs

    def next(self):
        """The next to begin; None if all have begun."""
        if not self.left:
            return None
        longest = max(self.left, key=lambda path: self.seconds.get(path, 0))
        most = self.seconds.get(longest, 0)
        others = sum(self.seconds.get(path, 0) for path in self.left) - most
        # what the other places have to do until this one ends, if it begins now
        chosen = longest if self.jobs > 1 and most * (self.jobs - 1) >= others else self.left[0]
        self.left.remove(chosen)
        return chosen


def expected(place, notebooks):
    """Seconds that each notebook took in the last run or, without one, that it states."""
    known = pages.recorded(place.site)
    result = {}
    for path in notebooks:
        last = known.get(place.name(path), {})
        took = last.get("seconds") if last.get("state") in ("ok", "differs") else None
        result[path] = took or takes.seconds(live.text_of(path)) or 0
    return result
