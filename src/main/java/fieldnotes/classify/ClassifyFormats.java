package fieldnotes.classify;

import fieldnotes.common.Format;
import fieldnotes.tree.ClassificationForest;
import fieldnotes.tree.ClassificationTree;
import java.util.List;

/** What of this package can be saved: every model. */
public final class ClassifyFormats implements Format.Provider {
  @Override
  public List<Format<?>> formats() {
    return List.of(
        // boosted trees
        // linear and Bayesian
        // neighbours, support vectors, networks
        // several learners as one
        Format.ofRecord("adaboost", AdaBoosted.class),
        Format.ofRecord("class weights", ClassWeights.Fitted.class),
        Format.ofRecord("votes", Votes.class),
        Format.ofRecord("voter", Votes.Voter.class),
        Format.ofRecord("stack", Stacked.class),
        Format.ofRecord("bag", Bagged.class),
        Format.ofRecord("calibrated", Calibrated.class),
        Format.ofRecord("calibrated part", Calibrated.Part.class),
        Format.ofRecord("sigmoid", Sigmoid.class),
        Format.ofRecord("isotonic", Isotonic.class),
        // few labels
        // unknown
        Format.ofRecord("unknown model", UnknownModel.class),
        Format.ofRecord("knownness by scores", ByScores.class),
        Format.ofRecord("knownness by class distance", ByClassDistance.Fitted.class),
        Format.ofRecord("knownness by neighbour", ByNeighbour.Fitted.class),
        Format.ofRecord("knownness by isolation", ByIsolation.Fitted.class),
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
