package fieldnotes.regress;

import fieldnotes.common.Format;
import fieldnotes.tree.HistogramTrees;
import fieldnotes.tree.RegressionBoosting;
import fieldnotes.tree.RegressionForest;
import fieldnotes.tree.RegressionTree;
import java.util.List;

/** What of this package can be saved: every model. */
public final class RegressFormats implements Format.Provider {
  @Override
  public List<Format<?>> formats() {
    return List.of(
        Format.ofRecord("linear", Linear.class),
        Format.ofRecord("linear options", Linear.Options.class),
        Format.ofRecord("baseline of numbers", DummyNumberModel.class),
        Format.ofRecord("tree model", TreeModel.class),
        Format.ofRecord("forest model", ForestModel.class),
        new Format<>(
            "regression tree",
            RegressionTree.class,
            (t, out) -> t.write(out.out()),
            in -> RegressionTree.read(in.in())),
        new Format<>(
            "regression forest",
            RegressionForest.class,
            (f, out) -> f.write(out.out()),
            in -> RegressionForest.read(in.in())),
        Format.ofRecord("boosting model", BoostingModel.class),
        new Format<>(
            "regression boosting",
            RegressionBoosting.class,
            (b, out) -> b.write(out.out()),
            in -> RegressionBoosting.read(in.in())),
        Format.ofRecord("histogram numbers", HistogramNumbers.class),
        new Format<>(
            "histogram trees",
            HistogramTrees.class,
            (t, out) -> t.write(out.out()),
            in -> HistogramTrees.read(in.in())),
        Format.ofRecord("scaled target", ScaledTarget.class),
        Format.ofRecord("support vectors", SupportVectors.class),
        Format.ofRecord("support vectors options", SupportVectors.Options.class),
        Format.ofRecord("smile trees", SmileTrees.class),
        Format.ofRecord("selected", Selection.Selected.class));
  }
}
