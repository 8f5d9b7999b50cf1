package fieldnotes.model;

/**
 * A learner with something random in it, which can be had with another seed: ensembles give each of
 * their members a seed of its own.
 *
 * @param <Y> what its models predict of rows
 * @param <M> its models
 */
public interface Seeded<Y, M extends Model<Y>> extends Learner<Y, M> {
  /**
   * The same learner with another seed.
   *
   * @param seed 0 to 4294967295
   */
  Learner<Y, M> withSeed(long seed);

  /** A learner with another seed, if it takes one; otherwise the learner as it is. */
  static <Y, M extends Model<Y>> Learner<Y, M> of(Learner<Y, M> learner, long seed) {
    return learner instanceof Seeded<Y, M> seeded ? seeded.withSeed(seed) : learner;
  }
}
