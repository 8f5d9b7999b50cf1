package fieldnotes.journal;

import java.util.List;

/**
 * An entry as it now stands in the journal. It prints the same whether it was new or not, so that a
 * notebook that runs again prints the same.
 *
 * @param run the run in the journal with these results
 * @param isNew whether it was not there before
 * @param changes from the run before it; empty where that is the first, or nothing is new
 */
public record Saved(Run run, boolean isNew, List<Change> changes) {
  @Override
  public String toString() {
    int metrics = run.metrics().size();
    int figures = run.pictures().size();
    return "In the journal under %s: %s (%s, %s)"
        .formatted(
            run.chapter(),
            run.title(),
            metrics + (metrics == 1 ? " metric" : " metrics"),
            figures + (figures == 1 ? " figure" : " figures"));
  }
}
