package fieldnotes.model;

import fieldnotes.evaluate.Better;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.Search.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Chooses the settings of a Bayesian search. The settings that scored well, and the others, are
 * each a density: a kernel around every point, and one that is the same everywhere. A kernel is a
 * product over the options: a logistic density cut off at the bounds, or for a list most of the
 * weight on the entry itself. Of points drawn from the first density, the one with the largest
 * ratio to the second is taken.
 */
final class Parzen implements Tuning.Chooser {
  private static final int DRAWN = 64;
  private static final double GOOD_SHARE = 0.2;
  private static final int MOST_GOOD = 25;

  /** Kernel width for a single point, as a share of the bounds. */
  private static final double WIDTH = 0.12;

  private static final double LEAST_WIDTH = 0.01;

  /** The weight that a kernel of a list gives to all entries alike, for a single point. */
  private static final double ELSEWHERE = 0.4;

  private final Bayesian options;
  private final Better better;
  private final Space space;

  Parzen(Bayesian options, Better better) {
    this.options = options;
    this.better = better;
    space = new Space(options.options(), options.seed());
  }

  @Override
  public List<Setting> next(List<Candidate> tried, int most) {
    Set<Setting> taken = Space.taken(tried);
    List<Setting> chosen = new ArrayList<>();
    if (tried.size() < options.starts()) {
      for (int s = tried.size(); s < options.starts() && chosen.size() < most; s++) {
        space.fresh(space::draw, taken).ifPresent(chosen::add);
      }
      return chosen;
    }
    double[] losses = Space.losses(tried, better);
    int[] order =
        IntStream.range(0, losses.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> losses[i]))
            .mapToInt(i -> i)
            .toArray();
    int good = Math.clamp((int) Math.ceil(GOOD_SHARE * order.length), 1, MOST_GOOD);
    List<double[]> points =
        new ArrayList<>(
            Arrays.stream(order).mapToObj(i -> space.point(tried.get(i).setting())).toList());
    Density well = new Density(points.subList(0, good));
    for (int t = 0; t < Math.min(most, options.together()); t++) {
      // settings whose score is not yet known count among the others
      Density others = new Density(points.subList(good, points.size()));
      Optional<Setting> one = best(well, others, taken);
      one.ifPresent(chosen::add);
      one.ifPresent(setting -> points.add(space.point(setting)));
    }
    return chosen;
  }

  /** The setting not yet taken with the largest ratio. */
  private Optional<Setting> best(Density well, Density others, Set<Setting> taken) {
    Setting best = null;
    double largest = Double.NEGATIVE_INFINITY;
    Set<Setting> seen = new HashSet<>(taken);
    for (int d = 0; d < DRAWN; d++) {
      Setting one = space.setting(well.draw());
      if (seen.add(one)) {
        double[] point = space.point(one);
        double ratio = well.logarithm(point) - others.logarithm(point);
        if (ratio > largest) {
          largest = ratio;
          best = one;
        }
      }
    }
    if (best == null) {
      return space.fresh(space::draw, taken);
    }
    taken.add(best);
    return Optional.of(best);
  }

  /** A mixture of kernels around points, and of one that is the same everywhere. */
  private final class Density {
    private final List<double[]> points;
    private final double width;
    private final double elsewhere;

    /** 1 / (the width × the weight within the bounds) of each kernel and option. */
    private final double[][] scales;

    Density(List<double[]> points) {
      this.points = List.copyOf(points);
      double shrink = Math.pow(Math.max(1, points.size()), -1.0 / (4 + space.size()));
      width = Math.max(LEAST_WIDTH, WIDTH * shrink);
      elsewhere = ELSEWHERE * shrink;
      scales = new double[points.size()][space.size()];
      for (int k = 0; k < scales.length; k++) {
        double[] centre = points.get(k);
        Arrays.setAll(
            scales[k],
            o -> 1 / (width * (below((1 - centre[o]) / width) - below(-centre[o] / width))));
      }
    }

    double[] draw() {
      NumpyRandom random = space.random();
      int kernel = random.upTo(points.size());
      double[] drawn = new double[space.size()];
      for (int o = 0; o < drawn.length; o++) {
        int entries = space.entries(o);
        boolean everywhere = kernel == points.size();
        if (entries > 0) {
          drawn[o] =
              everywhere || random.uniform() < elsewhere
                  ? random.upTo(entries - 1)
                  : points.get(kernel)[o];
        } else if (everywhere) {
          drawn[o] = random.uniform();
        } else {
          double centre = points.get(kernel)[o];
          double low = below(-centre / width);
          double high = below((1 - centre) / width);
          double share = low + random.uniform() * (high - low);
          drawn[o] = Math.clamp(centre + width * Math.log(share / (1 - share)), 0, 1);
        }
      }
      return drawn;
    }

    double logarithm(double[] point) {
      double sum = everywhere();
      for (int k = 0; k < scales.length; k++) {
        double product = 1;
        for (int o = 0; o < point.length; o++) {
          product *= kernel(points.get(k)[o], point[o], space.entries(o), scales[k][o]);
        }
        sum += product;
      }
      return Math.log(sum / (points.size() + 1));
    }

    /** The density that is the same everywhere. */
    private double everywhere() {
      double product = 1;
      for (int o = 0; o < space.size(); o++) {
        product /= Math.max(1, space.entries(o));
      }
      return product;
    }

    private double kernel(double centre, double at, int entries, double scale) {
      if (entries > 0) {
        return elsewhere / entries + (centre == at ? 1 - elsewhere : 0);
      }
      double share = below((at - centre) / width);
      return share * (1 - share) * scale;
    }

    /** The logistic distribution. */
    private static double below(double z) {
      return 1 / (1 + Math.exp(-z));
    }
  }
}
