package fieldnotes.serve;

import fieldnotes.common.Check;
import fieldnotes.label.Strategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How clips are labelled.
 *
 * @param file the labels file, which is read if it exists
 * @param who the listener, kept with each label
 * @param classes the classes and their keys; more can be added in the page
 * @param order in which the clips are heard
 * @param guide chooses the next clip instead, by what was heard; for clips that have features
 * @param seed of the random order and of the guide, 0 to 4294967295
 * @param port of the server; 0 for any that is free
 */
public record LabelOptions(
    Path file,
    String who,
    List<LabelClass> classes,
    Order order,
    Optional<Strategy> guide,
    long seed,
    int port) {
  /** Order of the clips. */
  public enum Order {
    /** Shuffled by the seed. */
    RANDOM,
    /** As listed. */
    GIVEN
  }

  /** Checks the values. */
  public LabelOptions {
    classes = List.copyOf(classes);
    Check.that(!classes.isEmpty(), "classes is empty: give at least one");
    LabelClass.differ(classes);
    Check.that(
        seed >= 0 && seed <= 4_294_967_295L, "seed=%d: must lie within 0 and 4294967295", seed);
    Check.that(port >= 0 && port <= 65_535, "port=%d: must lie within 0 and 65535", port);
  }

  /** The preset classes, in random order of seed 1, by the user who is logged in. */
  public static LabelOptions of(Path file) {
    return new LabelOptions(
        file,
        System.getProperty("user.name", ""),
        LabelClass.preset(),
        Order.RANDOM,
        Optional.empty(),
        1,
        0);
  }

  /** See {@link #of(Path)}. */
  public static LabelOptions of(String file) {
    return of(Path.of(file));
  }

  /** Returns a copy with another listener. */
  public LabelOptions withWho(String name) {
    return new LabelOptions(file, name, classes, order, guide, seed, port);
  }

  /** Returns a copy with these classes, in the form {@code m=music,d=dialogue}. */
  public LabelOptions withClasses(String list) {
    return new LabelOptions(file, who, LabelClass.parse(list), order, guide, seed, port);
  }

  /** Returns a copy in which this strategy chooses the next clip. */
  public LabelOptions withGuide(Strategy strategy) {
    return new LabelOptions(file, who, classes, order, Optional.of(strategy), seed, port);
  }

  /** Returns a copy with another order, without a guide. */
  public LabelOptions withOrder(Order other) {
    return new LabelOptions(file, who, classes, other, Optional.empty(), seed, port);
  }

  /** Returns a copy with another seed of the random order. */
  public LabelOptions withSeed(long other) {
    return new LabelOptions(file, who, classes, order, guide, other, port);
  }

  /** Returns a copy with another port; 0 for any that is free. */
  public LabelOptions withPort(int other) {
    return new LabelOptions(file, who, classes, order, guide, seed, other);
  }
}
