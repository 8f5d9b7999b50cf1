package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Progress;
import fieldnotes.math.NumpyRandom;
import fieldnotes.math.Products;
import fieldnotes.model.Made;
import fieldnotes.table.Split;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Teaches a network its rows, batch by batch. */
final class NetworkFit {
  private static final double LEAST = Math.ulp(1.0);

  private final Network options;
  private final double[][] x;
  private final int[] codes;
  private final double[] weights;
  private final NumpyRandom random;
  private final NetworkSteps steps;
  private DenseLayers layers;

  /** Values, errors and gradients of the layers, for a batch. */
  private double[][] values;

  private double[][] errors;
  private final double[][] weightGradients;
  private final double[][] interceptGradients;

  NetworkFit(Network options, double[][] x, int[] codes, double[] weights, int classes) {
    this.options = options;
    this.x = x;
    this.codes = codes;
    this.weights = weights;
    random = NumpyRandom.of(options.seed());
    int[] units =
        IntStream.concat(
                IntStream.concat(
                    IntStream.of(x[0].length),
                    options.hidden().stream().mapToInt(Integer::intValue)),
                IntStream.of(classes == 2 ? 1 : classes))
            .toArray();
    layers = new DenseLayers(units, options.activation());
    draw();
    DenseLayers gradients = new DenseLayers(units, options.activation());
    weightGradients = gradients.weights;
    interceptGradients = gradients.intercepts;
    steps = new NetworkSteps(options.descent(), layers);
  }

  /** Draws weights and intercepts as Glorot and Bengio do. */
  private void draw() {
    double factor = options.activation() == Network.Activation.LOGISTIC ? 2 : 6;
    for (int l = 0; l < layers.weights.length; l++) {
      int in = layers.units[l];
      int out = layers.units[l + 1];
      double bound = Math.sqrt(factor / (in + out));
      for (int i = 0; i < in; i++) {
        for (int j = 0; j < out; j++) {
          layers.weights[l][i * layers.padded(l + 1) + j] = random.uniform(-bound, bound);
        }
      }
      for (int j = 0; j < out; j++) {
        layers.intercepts[l][j] = random.uniform(-bound, bound);
      }
    }
  }

  NetworkModel fit(Made made) {
    int[] learnt = IntStream.range(0, x.length).toArray();
    int[] held = new int[0];
    double share = options.stopping().heldBack();
    if (share > 0) {
      Split split =
          layers.units[layers.units.length - 1] == 1
              ? Split.stratified(codes, share, random)
              : Split.random(codes.length, share, random);
      learnt = split.train();
      held = split.test();
      Check.that(
          held.length >= 2,
          "heldBack=%s of %d rows is %d: hold back at least 2 rows",
          share,
          codes.length,
          held.length);
    }
    int epochs = options.stopping().maxEpochs();
    double[] losses = new double[epochs];
    double best = share > 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    double tolerance = options.stopping().tolerance();
    DenseLayers kept = layers.copy();
    int without = 0;
    long seen = 0;
    int done = 0;
    boolean converged = false;
    values = layers.room(Math.min(options.batch(), learnt.length));
    errors = layers.room(Math.min(options.batch(), learnt.length));
    int[] order = learnt.clone();
    try (Progress progress = Progress.start("network", epochs)) {
      while (done < epochs && !converged) {
        order = shuffled(order);
        double loss = epoch(order);
        Check.that(
            Double.isFinite(loss),
            "the loss became %s in epoch %d: scale the columns first (Scaler.standard()) or lower the"
                + " rate",
            loss,
            done + 1);
        losses[done++] = loss;
        seen += learnt.length;
        if (share > 0) {
          double accuracy = accuracy(held);
          without = accuracy < best + tolerance ? without + 1 : 0;
          if (accuracy > best) {
            best = accuracy;
            kept = layers.copy();
          }
        } else {
          without = loss > best - tolerance ? without + 1 : 0;
          best = Math.min(best, loss);
        }
        steps.epochEnds(seen);
        if (without > options.stopping().patience()) {
          converged = steps.stops();
          without = 0;
        }
        progress.advance(1);
      }
    }
    return NetworkModel.of(made, share > 0 ? kept : layers, Arrays.copyOf(losses, done), converged);
  }

  /** Shuffles again what was shuffled before. */
  private int[] shuffled(int[] order) {
    int[] places = random.permutation(order.length);
    return Arrays.stream(places).map(p -> order[p]).toArray();
  }

  private double epoch(int[] order) {
    double sum = 0;
    for (int from = 0; from < order.length; from += options.batch()) {
      int rows = Math.min(options.batch(), order.length - from);
      sum += step(order, from, rows) * rows;
    }
    return sum / order.length;
  }

  private double weight(int row) {
    return weights == null ? 1 : weights[row];
  }

  /** Makes one step. Returns the loss before it. */
  private double step(int[] order, int from, int rows) {
    double total = 0;
    for (int i = 0; i < rows; i++) {
      layers.put(x[order[from + i]], i, values);
      total += weight(order[from + i]);
    }
    Check.that(total > 0, "all %d rows of a batch have weight 0: choose larger batches", rows);
    layers.forward(values, rows);
    int last = layers.weights.length - 1;
    double loss = 0;
    int stride = layers.padded(last + 1);
    for (int i = 0; i < rows; i++) {
      int row = order[from + i];
      loss += weight(row) * outputError(codes[row], weight(row), i * stride);
    }
    loss /= total;
    double squares = 0;
    for (double[] one : layers.weights) {
      squares += SupportVectorFit.dot(one, one, 0, one.length);
    }
    backward(rows, total);
    steps.step(layers, weightGradients, interceptGradients);
    return loss + 0.5 * options.alpha() * squares / total;
  }

  /** The error of the last layer for a row, and its loss. */
  private double outputError(int code, double weight, int at) {
    int last = layers.weights.length - 1;
    int outputs = layers.units[last + 1];
    double[] said = values[last + 1];
    double loss = 0;
    for (int j = 0; j < outputs; j++) {
      double wanted = outputs == 1 ? code : code == j ? 1 : 0;
      double p = Math.clamp(said[at + j], LEAST, 1 - LEAST);
      if (wanted == 1) {
        loss -= Math.log(p);
      } else if (outputs == 1) {
        loss -= Math.log(1 - p);
      }
      errors[last + 1][at + j] = (said[at + j] - wanted) * weight;
    }
    return loss;
  }

  private void backward(int rows, double total) {
    for (int l = layers.weights.length - 1; l >= 0; l--) {
      int stride = layers.padded(l + 1);
      double[] error = errors[l + 1];
      double[] gradient = weightGradients[l];
      Products.multiply(
          values[l], 1, layers.padded(l), layers.units[l], rows, error, stride, gradient);
      for (int k = 0; k < gradient.length; k++) {
        gradient[k] = (gradient[k] + options.alpha() * layers.weights[l][k]) / total;
      }
      double[] sums = interceptGradients[l];
      Arrays.fill(sums, 0);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < stride; j++) {
          sums[j] += error[i * stride + j];
        }
      }
      for (int j = 0; j < stride; j++) {
        sums[j] /= total;
      }
      if (l > 0) {
        before(l, rows);
      }
    }
  }

  /** The errors of the layer before, from those of layer l + 1. */
  private void before(int l, int rows) {
    int in = layers.units[l];
    int out = layers.units[l + 1];
    int stride = layers.padded(l);
    double[] turned = new double[out * stride];
    for (int i = 0; i < in; i++) {
      for (int j = 0; j < out; j++) {
        turned[j * stride + i] = layers.weights[l][i * layers.padded(l + 1) + j];
      }
    }
    Products.multiply(errors[l + 1], layers.padded(l + 1), 1, rows, out, turned, stride, errors[l]);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < in; j++) {
        errors[l][i * stride + j] *= layers.activation.slope(values[l][i * stride + j]);
      }
    }
  }

  private double accuracy(int[] held) {
    double[][] room = layers.room(held.length);
    for (int i = 0; i < held.length; i++) {
      layers.put(x[held[i]], i, room);
    }
    layers.forward(room, held.length);
    int last = layers.units.length - 1;
    double right = 0;
    double total = 0;
    for (int i = 0; i < held.length; i++) {
      int at = i * layers.padded(last);
      int most = 0;
      if (layers.units[last] == 1) {
        most = room[last][at] > 0.5 ? 1 : 0;
      }
      for (int j = 1; j < layers.units[last]; j++) {
        most = room[last][at + j] > room[last][at + most] ? j : most;
      }
      right += most == codes[held[i]] ? weight(held[i]) : 0;
      total += weight(held[i]);
    }
    return right / total;
  }
}
