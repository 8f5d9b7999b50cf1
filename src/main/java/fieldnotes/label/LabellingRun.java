package fieldnotes.label;

import fieldnotes.classify.Classifiers;
import fieldnotes.evaluate.Classified;
import fieldnotes.prepare.Missing;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import fieldnotes.tree.ForestOptions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

/** One strategy with one seed: what is measured after each number of clips. */
final class LabellingRun {
  private final Samples train;
  private final Samples test;
  private final LabellingTrial trial;
  private final int seed;

  LabellingRun(Samples rows, LabellingTrial trial, int seed) {
    Samples filled = Missing.median().fitApply(rows);
    Split split = trial.split(filled, seed);
    train = filled.rows(split.train());
    test = filled.rows(split.test());
    this.trial = trial;
    this.seed = seed;
  }

  /** The accuracy of a forest that learns from all rows, rightly labelled. */
  double ceiling() {
    return accuracy(train.classes());
  }

  /** Each measure after each number of clips. */
  Map<LabellingMeasure, double[]> measure(Strategy strategy) {
    Map<LabellingMeasure, double[]> measures = new EnumMap<>(LabellingMeasure.class);
    for (LabellingMeasure measure : LabellingMeasure.values()) {
      measures.put(measure, new double[trial.clips().size()]);
    }
    SimulatedEar ear = trial.ear(train.classes(), seed);
    Guided guided = Guided.of(train, strategy, seed);
    for (int i = 0; i < trial.clips().size(); i++) {
      while (guided.clipsHeard() < trial.clips().get(i)) {
        OptionalInt row = guided.next();
        if (row.isEmpty()) {
          break;
        }
        guided.heard(row.getAsInt(), ear.hear(row.getAsInt()));
      }
      for (LabellingMeasure measure : LabellingMeasure.values()) {
        measures.get(measure)[i] = of(measure, guided);
      }
    }
    return measures;
  }

  private double of(LabellingMeasure measure, Guided guided) {
    return switch (measure) {
      case SECONDS -> guided.secondsHeard();
      case COVERAGE ->
          (double) (guided.clipsHeard() + guided.propagated().size()) / train.rowCount();
      case CORRECT -> correct(guided.propagated());
      case ACCURACY -> accuracy(guided.classes());
      case CLASSES -> new TreeSet<>(guided.heardLabels().values()).size();
    };
  }

  private double correct(Map<Integer, Guide.Propagated> labels) {
    long right =
        labels.entrySet().stream()
            .filter(label -> train.classes().get(label.getKey()).equals(label.getValue().name()))
            .count();
    return labels.isEmpty() ? Double.NaN : (double) right / labels.size();
  }

  /** The share of the rows held out that a forest of these classes says rightly. */
  private double accuracy(List<String> classes) {
    Samples labelled = train.withClasses(classes).labelled();
    List<String> known = labelled.classNames();
    List<String> said =
        known.size() < 2
            ? test.classes().stream().map(c -> known.isEmpty() ? "" : known.getFirst()).toList()
            : said(labelled);
    int right = 0;
    for (int i = 0; i < said.size(); i++) {
      right += said.get(i).equals(test.classes().get(i)) ? 1 : 0;
    }
    return (double) right / said.size();
  }

  private List<String> said(Samples labelled) {
    ForestOptions forest = ForestOptions.of(seed).withTrees(trial.trees());
    Classified found =
        Classifiers.forest(forest).fit(labelled.withoutWeights()).predict(test.matrix());
    return found.labels();
  }
}
