package fieldnotes.classify;

import fieldnotes.classify.Network.Adam;
import fieldnotes.classify.Network.Descent;
import fieldnotes.classify.Network.Schedule;
import fieldnotes.classify.Network.Sgd;

/** Makes steps of gradients, and remembers what that needs. */
final class NetworkSteps {
  private static final double EPSILON = 1e-8;

  private final Descent descent;

  /** Velocities, or means of gradients. */
  private final DenseLayers first;

  /** Means of squares. */
  private final DenseLayers second;

  private double rate;
  private int count;

  NetworkSteps(Descent descent, DenseLayers layers) {
    this.descent = descent;
    first = new DenseLayers(layers.units, layers.activation);
    second = new DenseLayers(layers.units, layers.activation);
    rate =
        switch (descent) {
          case Adam adam -> adam.rate();
          case Sgd sgd -> sgd.rate();
        };
  }

  void step(DenseLayers layers, double[][] weightGradients, double[][] interceptGradients) {
    count++;
    if (descent instanceof Adam adam) {
      rate =
          adam.rate()
              * Math.sqrt(1 - Math.pow(adam.squareDecay(), count))
              / (1 - Math.pow(adam.decay(), count));
    }
    for (int l = 0; l < weightGradients.length; l++) {
      step(layers.weights[l], weightGradients[l], first.weights[l], second.weights[l]);
      step(layers.intercepts[l], interceptGradients[l], first.intercepts[l], second.intercepts[l]);
    }
  }

  private void step(double[] values, double[] gradient, double[] mean, double[] square) {
    switch (descent) {
      case Adam adam -> {
        double kept = adam.decay();
        double keptSquare = adam.squareDecay();
        for (int k = 0; k < values.length; k++) {
          mean[k] = kept * mean[k] + (1 - kept) * gradient[k];
          square[k] = keptSquare * square[k] + (1 - keptSquare) * (gradient[k] * gradient[k]);
          values[k] += -rate * mean[k] / (Math.sqrt(square[k]) + EPSILON);
        }
      }
      case Sgd sgd -> {
        for (int k = 0; k < values.length; k++) {
          mean[k] = sgd.momentum() * mean[k] - rate * gradient[k];
          values[k] += sgd.nesterov() ? sgd.momentum() * mean[k] - rate * gradient[k] : mean[k];
        }
      }
    }
  }

  /** An epoch has ended, after this number of rows in all. */
  void epochEnds(long rowsSeen) {
    if (descent instanceof Sgd sgd && sgd.schedule() == Schedule.INVERSE) {
      rate = sgd.rate() / Math.sqrt(rowsSeen + 1.0);
    }
  }

  /** Whether to stop where nothing gets better; otherwise the steps get smaller. */
  boolean stops() {
    if (!(descent instanceof Sgd sgd) || sgd.schedule() != Schedule.ADAPTIVE || rate <= 1e-6) {
      return true;
    }
    rate /= 5;
    return false;
  }
}
