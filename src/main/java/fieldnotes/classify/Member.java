package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.Learner;
import fieldnotes.model.Model;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One of several learners that learn the same rows.
 *
 * @param name what it is called
 * @param learner the learner; a pipeline brings its own preparation
 * @param weight how much its vote counts, at least 0, finite
 */
public record Member(
    String name, Learner<Classified, ? extends Model<Classified>> learner, double weight) {
  /** Checks name and weight. */
  public Member {
    Check.that(!name.isBlank(), "the name of '%s' is empty: give each learner a name", learner);
    Check.that(
        weight >= 0 && Double.isFinite(weight),
        "the weight of '%s' is %s: must be finite and at least 0",
        name,
        weight);
  }

  /** A learner whose vote counts 1. */
  public static Member of(String name, Learner<Classified, ? extends Model<Classified>> learner) {
    return new Member(name, learner, 1);
  }

  /** Returns a copy whose vote counts this much, at least 0. */
  public Member withWeight(double newWeight) {
    return new Member(name, learner, newWeight);
  }

  /** Checks that there are any, each with a name of its own. */
  static List<Member> check(List<Member> members) {
    Check.that(!members.isEmpty(), "there are no learners: give at least one");
    Set<String> names = new HashSet<>();
    for (Member member : members) {
      Check.that(names.add(member.name), "two learners are called '%s': rename one", member.name);
    }
    return List.copyOf(members);
  }

  @Override
  public String toString() {
    return name + ": " + learner + (weight == 1 ? "" : ", weight " + weight);
  }
}
