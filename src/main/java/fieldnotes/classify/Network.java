package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.Softmax;
import fieldnotes.model.Made;
import fieldnotes.model.Seeded;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A network of layers that learns classes, as scikit-learn's {@code MLPClassifier}: it draws, steps
 * and stops the same. Scale the columns first.
 *
 * @param hidden units of each hidden layer, at least 1 each; none for a linear model
 * @param activation of the hidden layers
 * @param alpha penalty on squared weights, at least 0
 * @param batch rows per step, at least 1; at most all rows are taken
 * @param descent how steps are made of gradients
 * @param stopping when to stop
 * @param seed 0 to 4294967295
 * @see "X. Glorot and Y. Bengio, Understanding the difficulty of training deep feedforward neural
 *     networks, AISTATS 2010"
 */
public record Network(
    List<Integer> hidden,
    Activation activation,
    double alpha,
    int batch,
    Descent descent,
    Stopping stopping,
    long seed)
    implements Seeded<Classified, NetworkModel> {

  /** What a unit of a hidden layer does with its sum. */
  public enum Activation {
    /** max(0, x). */
    RELU {
      @Override
      double of(double x) {
        return Math.max(0, x);
      }

      @Override
      double slope(double value) {
        return value == 0 ? 0 : 1;
      }
    },
    /** tanh x. */
    TANH {
      @Override
      double of(double x) {
        return Math.tanh(x);
      }

      @Override
      double slope(double value) {
        return 1 - value * value;
      }
    },
    /** 1 / (1 + e^−x). */
    LOGISTIC {
      @Override
      double of(double x) {
        return Softmax.sigmoid(x);
      }

      @Override
      double slope(double value) {
        return value * (1 - value);
      }
    },
    /** x. */
    IDENTITY {
      @Override
      double of(double x) {
        return x;
      }

      @Override
      double slope(double value) {
        return 1;
      }
    };

    abstract double of(double x);

    /** The slope where the activation has this value. */
    abstract double slope(double value);
  }

  /** How steps are made of gradients. */
  public sealed interface Descent {}

  /**
   * Steps by running means of gradients and of their squares.
   *
   * @param rate the learning rate, above 0
   * @param decay of the mean of gradients, from 0 and below 1
   * @param squareDecay of the mean of squares, from 0 and below 1
   * @see "D. Kingma and J. Ba, Adam: a method for stochastic optimization, 2014"
   */
  public record Adam(double rate, double decay, double squareDecay) implements Descent {
    /** Checks the ranges. */
    public Adam {
      Check.positive("rate", rate);
      below1("decay", decay);
      below1("squareDecay", squareDecay);
    }

    @Override
    public String toString() {
      return "Adam of rate "
          + rate
          + (decay == 0.9 && squareDecay == 0.999 ? "" : ", decays " + decay + ", " + squareDecay);
    }
  }

  /** How the learning rate of {@link Sgd} changes. */
  public enum Schedule {
    /** It does not. */
    CONSTANT,
    /** rate / √(rows seen + 1). */
    INVERSE,
    /** Divided by 5 instead of stopping, until it is at most 1e-6. */
    ADAPTIVE
  }

  /**
   * Steps against the gradient, with momentum.
   *
   * @param rate the learning rate, above 0
   * @param momentum from 0 to 1
   * @param nesterov whether the gradient is taken after the momentum's step
   */
  public record Sgd(double rate, Schedule schedule, double momentum, boolean nesterov)
      implements Descent {
    /** Checks the ranges. */
    public Sgd {
      Check.positive("rate", rate);
      Check.within("momentum", momentum, 0, 1);
    }

    @Override
    public String toString() {
      return "gradient descent of rate "
          + rate
          + switch (schedule) {
            case CONSTANT -> "";
            case INVERSE -> " falling by the root of rows";
            case ADAPTIVE -> " falling by 5";
          }
          + ", "
          + (nesterov ? "Nesterov's momentum " : "momentum ")
          + momentum;
    }
  }

  /**
   * When to stop.
   *
   * @param maxEpochs at the latest after these passes over the rows, at least 1
   * @param tolerance what counts as better, at least 0
   * @param patience passes without getting better that are let pass, at least 1
   * @param heldBack share of the rows whose accuracy decides instead of the loss, from 0 (none) and
   *     below 1; the best network by them is taken
   */
  public record Stopping(int maxEpochs, double tolerance, int patience, double heldBack) {
    /** Checks the ranges. */
    public Stopping {
      Check.atLeast("maxEpochs", maxEpochs, 1);
      Check.within("tolerance", tolerance, 0, Double.MAX_VALUE);
      Check.atLeast("patience", patience, 1);
      below1("heldBack", heldBack);
    }

    @Override
    public String toString() {
      return "at most "
          + maxEpochs
          + " epochs"
          + (tolerance == 1e-4 ? "" : ", tolerance " + tolerance)
          + (patience == 10 ? "" : ", patience " + patience)
          + (heldBack == 0 ? "" : ", stopped by " + heldBack + " of the rows");
    }
  }

  private static void below1(String name, double value) {
    Check.that(value >= 0 && value < 1, "%s=%s: must be at least 0 and below 1", name, value);
  }

  /** Copies and checks. */
  public Network {
    hidden = List.copyOf(hidden);
    for (int units : hidden) {
      Check.atLeast("units", units, 1);
    }
    Check.within("alpha", alpha, 0, Double.MAX_VALUE);
    Check.atLeast("batch", batch, 1);
    Check.that(seed >= 0 && seed <= 0xffffffffL, "seed=%d: must lie within 0 and 4294967295", seed);
  }

  /** Returns a copy with hidden layers of these units; one of 100 by default. */
  public Network withHidden(int... units) {
    return new Network(
        Arrays.stream(units).boxed().toList(), activation, alpha, batch, descent, stopping, seed);
  }

  /** Returns a copy with this activation; {@link Activation#RELU} by default. */
  public Network withActivation(Activation newActivation) {
    return new Network(hidden, newActivation, alpha, batch, descent, stopping, seed);
  }

  /** Returns a copy with this penalty; 0.0001 by default. */
  public Network withAlpha(double newAlpha) {
    return new Network(hidden, activation, newAlpha, batch, descent, stopping, seed);
  }

  /** Returns a copy with steps of this number of rows; 200 by default. */
  public Network withBatch(int rows) {
    return new Network(hidden, activation, alpha, rows, descent, stopping, seed);
  }

  /** Returns a copy with these steps; Adam of rate 0.001 by default. */
  public Network withDescent(Descent newDescent) {
    return new Network(hidden, activation, alpha, batch, newDescent, stopping, seed);
  }

  /** Returns a copy that learns by Adam with this learning rate. */
  public Network withAdam(double rate) {
    return withDescent(new Adam(rate, 0.9, 0.999));
  }

  /** Returns a copy that learns by gradient descent with Nesterov's momentum 0.9. */
  public Network withSgd(double rate) {
    return withDescent(new Sgd(rate, Schedule.CONSTANT, 0.9, true));
  }

  /** Returns a copy that stops so. */
  public Network withStopping(Stopping newStopping) {
    return new Network(hidden, activation, alpha, batch, descent, newStopping, seed);
  }

  /** Returns a copy that stops after this number of passes over the rows; 200 by default. */
  public Network withMaxEpochs(int epochs) {
    return withStopping(
        new Stopping(epochs, stopping.tolerance(), stopping.patience(), stopping.heldBack()));
  }

  /** Returns a copy that holds back a tenth of the rows, whose accuracy decides when to stop. */
  public Network withEarlyStopping() {
    return withStopping(
        new Stopping(stopping.maxEpochs(), stopping.tolerance(), stopping.patience(), 0.1));
  }

  @Override
  public Network withSeed(long newSeed) {
    return new Network(hidden, activation, alpha, batch, descent, stopping, newSeed);
  }

  @Override
  public NetworkModel fit(Samples rows) {
    Matrix x = Made.learnFrom(rows);
    Made made = Made.of(this, rows);
    int[] codes = made.codes(rows);
    return new NetworkFit(
            this, x.values(), codes, rows.weights().orElse(null), made.classes().size())
        .fit(made);
  }

  @Override
  public String toString() {
    return "network of %s%s, alpha %s, batches of %s, %s, %s, seed %s"
        .formatted(
            hidden.isEmpty()
                ? "no hidden layer"
                : hidden.stream().map(String::valueOf).collect(Collectors.joining(" and "))
                    + " units",
            switch (activation) {
              case RELU -> "";
              case TANH -> " by tanh";
              case LOGISTIC -> " by logistic";
              case IDENTITY -> " by identity";
            },
            alpha,
            batch,
            descent,
            stopping,
            seed);
  }
}
