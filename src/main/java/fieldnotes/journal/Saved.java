package fieldnotes.journal;

import java.util.List;

/**
 * The result of saving an entry. It prints the same whether new or not, so that a rerun notebook
 * prints the same.
 *
 * @param run the run in the journal with these results
 * @param isNew whether it was added now
 * @param changes since the previous run; empty for a first run or if not new
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
