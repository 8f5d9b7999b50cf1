package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.common.Parallel;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.ClassModel;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A network of layers that predicts classes.
 *
 * @param made how it came about
 * @param activation of the hidden layers
 * @param layers the layers; the last has a unit for each class, or one for two classes
 * @param losses the loss of each epoch, shape [epochs]
 * @param converged whether it stopped because it got no better, rather than at the last epoch
 */
public record NetworkModel(
    Made made,
    Network.Activation activation,
    List<Layer> layers,
    double[] losses,
    boolean converged)
    implements ClassModel {
  private static final int BLOCK = 256;

  /**
   * A layer.
   *
   * @param weights shape [inputs][units]
   * @param intercepts shape [units]
   */
  public record Layer(double[][] weights, double[] intercepts) {
    /** Copies and checks. */
    public Layer {
      weights = Copy.finite("weights", weights);
      Check.sameLength("intercepts", intercepts.length, "units", weights[0].length);
      Check.matrix("intercepts", new double[][] {intercepts});
      intercepts = intercepts.clone();
    }

    @Override
    public double[][] weights() {
      return Copy.of(weights);
    }

    @Override
    public double[] intercepts() {
      return intercepts.clone();
    }

    /** Equal numbers. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Layer that
          && Arrays.deepEquals(weights, that.weights)
          && Arrays.equals(intercepts, that.intercepts);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.deepHashCode(weights) + Arrays.hashCode(intercepts);
    }

    @Override
    public String toString() {
      return "layer of %s inputs and %s units".formatted(weights.length, intercepts.length);
    }
  }

  /** Copies and checks. */
  public NetworkModel {
    layers = List.copyOf(layers);
    losses = losses.clone();
    int classes = made.classes().size();
    Check.atLeast("classes", classes, 2);
    Check.that(!layers.isEmpty(), "a network needs a layer");
    int inputs = made.inputs().size();
    for (Layer layer : layers) {
      Check.sameLength("a layer's inputs", layer.weights.length, "those given", inputs);
      inputs = layer.intercepts.length;
    }
    Check.sameLength("outputs", inputs, "classes, 1 for two,", classes == 2 ? 1 : classes);
    Check.that(losses.length > 0, "there must be the loss of an epoch");
    Check.matrix("losses", new double[][] {losses});
  }

  /** Of what was learnt. */
  static NetworkModel of(Made made, DenseLayers learnt, double[] losses, boolean converged) {
    List<Layer> layers = new ArrayList<>();
    for (int l = 0; l < learnt.weights.length; l++) {
      int units = learnt.units[l + 1];
      double[][] weights = new double[learnt.units[l]][];
      for (int i = 0; i < weights.length; i++) {
        int at = i * learnt.padded(l + 1);
        weights[i] = Arrays.copyOfRange(learnt.weights[l], at, at + units);
      }
      layers.add(new Layer(weights, Arrays.copyOf(learnt.intercepts[l], units)));
    }
    return new NetworkModel(made, learnt.activation, layers, losses, converged);
  }

  private DenseLayers dense() {
    int[] units = new int[layers.size() + 1];
    units[0] = made.inputs().size();
    for (int l = 0; l < layers.size(); l++) {
      units[l + 1] = layers.get(l).intercepts.length;
    }
    DenseLayers dense = new DenseLayers(units, activation);
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      for (int i = 0; i < units[l]; i++) {
        System.arraycopy(
            layer.weights[i], 0, dense.weights[l], i * dense.padded(l + 1), units[l + 1]);
      }
      System.arraycopy(layer.intercepts, 0, dense.intercepts[l], 0, units[l + 1]);
    }
    return dense;
  }

  @Override
  public double[] losses() {
    return losses.clone();
  }

  @Override
  public Classified predict(Matrix x) {
    double[][] rows = made.matrix(x).values();
    double[][] probabilities = new double[rows.length][];
    DenseLayers dense = dense();
    int last = layers.size();
    Parallel.forEach(
        (rows.length + BLOCK - 1) / BLOCK,
        block -> {
          int from = block * BLOCK;
          int count = Math.min(BLOCK, rows.length - from);
          double[][] room = dense.room(count);
          for (int i = 0; i < count; i++) {
            dense.put(rows[from + i], i, room);
          }
          dense.forward(room, count);
          for (int i = 0; i < count; i++) {
            int at = i * dense.padded(last);
            double p = room[last][at];
            Check.that(
                Double.isFinite(p), "the network gives %s at row %d: scale it first", p, from + i);
            probabilities[from + i] =
                dense.units[last] == 1
                    ? new double[] {1 - p, p}
                    : Arrays.copyOfRange(room[last], at, at + dense.units[last]);
          }
        });
    return new Classified(made.classes(), probabilities);
  }

  /** Equal layers of equal columns. */
  @Override
  public boolean equals(Object other) {
    return other instanceof NetworkModel that
        && made.equals(that.made)
        && activation == that.activation
        && layers.equals(that.layers)
        && Arrays.equals(losses, that.losses)
        && converged == that.converged;
  }

  @Override
  public int hashCode() {
    return 31 * layers.hashCode() + Arrays.hashCode(losses);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: loss %.4g after %d epochs%s",
        made.learner(),
        losses[losses.length - 1],
        losses.length,
        converged ? "" : ", not converged: allow more with withMaxEpochs(…)");
  }
}
