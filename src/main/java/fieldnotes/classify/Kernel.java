package fieldnotes.classify;

import fieldnotes.common.Check;

/**
 * How alike two rows are to a support vector machine: the product of the two in some space.
 *
 * @see "B. Schölkopf and A. J. Smola, Learning with Kernels, MIT Press, 2002"
 */
public sealed interface Kernel {
  /** The linear kernel: a·b. */
  static Kernel linear() {
    return new Linear();
  }

  /** The RBF kernel e^(−γ·|a − b|²), with gamma {@link Gamma#SCALE}. */
  static Kernel rbf() {
    return rbf(Gamma.SCALE);
  }

  /** The RBF kernel e^(−γ·|a − b|²). */
  static Kernel rbf(Gamma gamma) {
    return new Rbf(gamma);
  }

  /** The RBF kernel with this gamma, above 0. */
  static Kernel rbf(double gamma) {
    return rbf(Gamma.of(gamma));
  }

  /** The polynomial kernel (γ·a·b)^degree, with gamma {@link Gamma#SCALE}. */
  static Kernel polynomial(int degree) {
    return polynomial(degree, Gamma.SCALE, 0);
  }

  /**
   * The polynomial kernel (γ·a·b + offset)^degree.
   *
   * @param degree at least 1
   * @param offset scikit-learn's {@code coef0}
   */
  static Kernel polynomial(int degree, Gamma gamma, double offset) {
    return new Polynomial(degree, gamma, offset);
  }

  /** The sigmoid kernel tanh(γ·a·b), with gamma {@link Gamma#SCALE}. */
  static Kernel sigmoid() {
    return sigmoid(Gamma.SCALE, 0);
  }

  /**
   * The sigmoid kernel tanh(γ·a·b + offset). It is not positive semi-definite in general.
   *
   * @param offset scikit-learn's {@code coef0}
   */
  static Kernel sigmoid(Gamma gamma, double offset) {
    return new Sigmoid(gamma, offset);
  }

  /**
   * A kernel of one's own. It must be symmetric and positive semi-definite, which is checked on the
   * rows that are learnt from. A model with such a kernel cannot be saved, because a file holds no
   * code.
   *
   * @param name shown by learners and models
   * @param function pure, and safe to be called by several threads
   */
  static Kernel own(String name, Function function) {
    return new Own(name, function);
  }

  /** The product of two rows. */
  @FunctionalInterface
  interface Function {
    /** The product of {@code a} and {@code b}, which must not be changed. */
    double of(double[] a, double[] b);
  }

  /** How gamma is chosen. */
  enum Rule {
    /** 1 / (columns × variance of all cells). */
    SCALE,
    /** 1 / columns. */
    AUTO,
    /** A number. */
    NUMBER
  }

  /**
   * Gamma, the narrowness of a kernel.
   *
   * @param value above 0 for a number, otherwise 0
   */
  record Gamma(Rule rule, double value) {
    /** 1 / (columns × variance of all cells), scikit-learn's {@code "scale"}. */
    public static final Gamma SCALE = new Gamma(Rule.SCALE, 0);

    /** 1 / columns, scikit-learn's {@code "auto"}. */
    public static final Gamma AUTO = new Gamma(Rule.AUTO, 0);

    /** Checks the number. */
    public Gamma {
      if (rule == Rule.NUMBER) {
        Check.positive("gamma", value);
      } else {
        Check.that(value == 0, "gamma=%s: must be 0 for the rule %s", value, rule);
      }
    }

    /** A number above 0. */
    public static Gamma of(double value) {
      return new Gamma(Rule.NUMBER, value);
    }

    /** The number for these rows. */
    Gamma at(double[][] x) {
      return switch (rule) {
        case NUMBER -> this;
        case AUTO -> of(1.0 / x[0].length);
        case SCALE -> {
          double variance = variance(x);
          double gamma = variance == 0 ? 1 : 1 / (x[0].length * variance);
          Check.that(
              gamma > 0 && gamma < Double.POSITIVE_INFINITY,
              "the variance of all cells is %s: scale the columns first",
              variance);
          yield of(gamma);
        }
      };
    }

    private static double variance(double[][] x) {
      double count = (double) x.length * x[0].length;
      double sum = 0;
      for (double[] row : x) {
        for (double v : row) {
          sum += v;
        }
      }
      double mean = sum / count;
      double squares = 0;
      for (double[] row : x) {
        for (double v : row) {
          squares += (v - mean) * (v - mean);
        }
      }
      return squares / count;
    }

    @Override
    public String toString() {
      return switch (rule) {
        case NUMBER -> String.valueOf(value);
        case AUTO -> "auto";
        case SCALE -> "scale";
      };
    }
  }

  /** The same with gamma as a number for these rows. */
  Kernel at(double[][] x);

  /** Checks that gamma is a number, as it is once learnt. */
  private static void requireNumber(Gamma gamma) {
    Check.that(gamma.rule() == Rule.NUMBER, "gamma=%s: must be a number in a model", gamma);
  }

  /** Checks a kernel of a model. */
  static void requireLearnt(Kernel kernel) {
    switch (kernel) {
      case Rbf rbf -> requireNumber(rbf.gamma);
      case Polynomial polynomial -> requireNumber(polynomial.gamma);
      case Sigmoid sigmoid -> requireNumber(sigmoid.gamma);
      case Linear _, Own _ -> {}
    }
  }

  private static void requireFinite(double offset) {
    Check.that(Double.isFinite(offset), "offset=%s: must be finite", offset);
  }

  private static String plus(double offset) {
    return offset == 0 ? "" : ", offset " + offset;
  }

  /** See {@link #linear()}. */
  record Linear() implements Kernel {
    @Override
    public Kernel at(double[][] x) {
      return this;
    }

    @Override
    public String toString() {
      return "linear kernel";
    }
  }

  /** See {@link #rbf(Gamma)}. */
  record Rbf(Gamma gamma) implements Kernel {
    @Override
    public Kernel at(double[][] x) {
      return new Rbf(gamma.at(x));
    }

    @Override
    public String toString() {
      return "RBF kernel of gamma " + gamma;
    }
  }

  /** See {@link #polynomial(int, Gamma, double)}. */
  record Polynomial(int degree, Gamma gamma, double offset) implements Kernel {
    /** Checks the options. */
    public Polynomial {
      Check.atLeast("degree", degree, 1);
      requireFinite(offset);
    }

    @Override
    public Kernel at(double[][] x) {
      return new Polynomial(degree, gamma.at(x), offset);
    }

    @Override
    public String toString() {
      return "polynomial kernel of degree %s, gamma %s%s".formatted(degree, gamma, plus(offset));
    }
  }

  /** See {@link #sigmoid(Gamma, double)}. */
  record Sigmoid(Gamma gamma, double offset) implements Kernel {
    /** Checks the options. */
    public Sigmoid {
      requireFinite(offset);
    }

    @Override
    public Kernel at(double[][] x) {
      return new Sigmoid(gamma.at(x), offset);
    }

    @Override
    public String toString() {
      return "sigmoid kernel of gamma %s%s".formatted(gamma, plus(offset));
    }
  }

  /** See {@link #own(String, Function)}. */
  record Own(String name, Function function) implements Kernel {
    /** Checks the name. */
    public Own {
      Check.that(!name.isBlank(), "name '%s': a kernel needs a name to be shown", name);
    }

    @Override
    public Kernel at(double[][] x) {
      return this;
    }

    @Override
    public String toString() {
      return "kernel '" + name + "'";
    }
  }
}
