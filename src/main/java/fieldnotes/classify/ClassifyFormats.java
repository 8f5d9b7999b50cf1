package fieldnotes.classify;

import fieldnotes.common.Format;
import fieldnotes.tree.ClassificationBoosting;
import fieldnotes.tree.ClassificationForest;
import fieldnotes.tree.ClassificationTree;
import java.util.List;

/** What of this package can be saved: every model. */
public final class ClassifyFormats implements Format.Provider {
  @Override
  public List<Format<?>> formats() {
    return List.of(
        // boosted trees
        Format.ofRecord("class boosting", ClassBoosting.class),
        new Format<>(
            "classification boosting",
            ClassificationBoosting.class,
            (b, out) -> b.write(out.out()),
            in -> ClassificationBoosting.read(in.in())),
        // linear and Bayesian
        // neighbours, support vectors, networks
        // several learners as one
        // few labels
        // unknown
        // trees
        Format.ofRecord("class tree", ClassTree.class),
        Format.ofRecord("class forest", ClassForest.class),
        new Format<>(
            "classification tree",
            ClassificationTree.class,
            (t, out) -> t.write(out.out()),
            in -> ClassificationTree.read(in.in())),
        new Format<>(
            "classification forest",
            ClassificationForest.class,
            (f, out) -> f.write(out.out()),
            in -> ClassificationForest.read(in.in())));
  }
}
