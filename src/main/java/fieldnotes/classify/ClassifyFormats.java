package fieldnotes.classify;

import fieldnotes.common.Format;
import fieldnotes.tree.ClassificationBoosting;
import fieldnotes.tree.ClassificationForest;
import fieldnotes.tree.ClassificationTree;
import java.io.IOException;
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
        Format.ofRecord("histogram classes", HistogramClasses.class),
        // linear and Bayesian
        Format.ofRecord("logistic regression", LogisticModel.class),
        Format.ofRecord("linear discriminant", LinearDiscriminantModel.class),
        Format.ofRecord("quadratic discriminant", QuadraticDiscriminantModel.class),
        Format.ofRecord("Gaussian naive Bayes", GaussianBayesModel.class),
        Format.ofRecord("discrete naive Bayes", DiscreteBayesModel.class),
        Format.ofRecord("baseline of classes", DummyModel.class),
        // neighbours, support vectors, networks
        Format.ofRecord("class support vectors", SupportVectorModel.class),
        Format.ofRecord("class nearest rows", NearestModel.class),
        Format.ofRecord("nearest rows", NearestNeighbours.class),
        Format.ofRecord("class network", NetworkModel.class),
        Format.ofRecord("network layer", NetworkModel.Layer.class),
        Format.ofRecord("class decomposition", Decomposed.class),
        Format.ofRecord("one-class support vectors", OneClass.class),
        Format.ofRecord("linear kernel", Kernel.Linear.class),
        Format.ofRecord("rbf kernel", Kernel.Rbf.class),
        Format.ofRecord("polynomial kernel", Kernel.Polynomial.class),
        Format.ofRecord("sigmoid kernel", Kernel.Sigmoid.class),
        Format.ofRecord("gamma", Kernel.Gamma.class),
        new Format<>(
            "own kernel",
            Kernel.Own.class,
            (kernel, _) -> {
              throw new IllegalArgumentException(refusal(kernel));
            },
            in -> {
              throw new IOException(refusal("kernel"));
            }),
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
        Format.ofRecord("self-trained", SelfTrained.class),
        Format.ofRecord("co-trained", CoTrained.class),
        Format.ofRecord("pseudo-label", PseudoLabel.class),
        Format.ofRecord("propagated", Propagated.class),
        Format.ofRecord("RBF affinity", Affinity.Rbf.class),
        Format.ofRecord("nearest affinity", Affinity.Nearest.class),
        // unknown
        Format.ofRecord("unknown model", UnknownModel.class),
        Format.ofRecord("knownness by scores", ByScores.class),
        Format.ofRecord("knownness by class distance", ByClassDistance.Fitted.class),
        Format.ofRecord("knownness by neighbour", ByNeighbour.Fitted.class),
        Format.ofRecord("knownness by isolation", ByIsolation.Fitted.class),
        Format.ofRecord("knownness by one class", ByOneClass.Fitted.class),
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

  private static String refusal(Object kernel) {
    return "a model with the %s cannot be saved, because a file holds no code: use a kernel of the library, such as Kernel.rbf()"
        .formatted(kernel);
  }
}
