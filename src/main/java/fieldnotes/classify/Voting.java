package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Better;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Score;
import fieldnotes.model.CrossValidation;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.List;

/**
 * Several learners that learn the same rows and vote, as scikit-learn's {@code VotingClassifier}.
 *
 * <p>Soft, the probabilities of a row are the weighted mean of the learners' probabilities, which
 * all must give. Hard, each learner votes for a class by its weight, and the class with the most
 * votes wins, the first of equals; there are no probabilities then, but shares of votes.
 *
 * @param members the learners; not all have weight 0
 * @param hard whether classes are counted rather than probabilities averaged
 */
public record Voting(List<Member> members, boolean hard) implements Learner<Classified, Votes> {
  /** Copies and checks the members. */
  public Voting {
    members = Member.check(members);
    Check.that(
        members.stream().anyMatch(m -> m.weight() > 0),
        "all learners have weight 0: give at least one of them a weight");
  }

  /** Returns a copy that counts classes instead of averaging probabilities. */
  public Voting withHard() {
    return new Voting(members, true);
  }

  /** Returns a copy with these weights, one for each learner in their order, at least 0. */
  public Voting withWeights(double... weights) {
    Check.sameLength("weights", weights.length, "learners", members.size());
    List<Member> weighted = new ArrayList<>();
    for (int m = 0; m < weights.length; m++) {
      weighted.add(members.get(m).withWeight(weights[m]));
    }
    return new Voting(weighted, hard);
  }

  /**
   * The same learners, each weighted by its mean score on folds of the rows that are learnt from:
   * by the score itself where higher is better, by its inverse where lower is better. A weight
   * given before multiplies it.
   *
   * @param score higher or lower is better; above 0 for every learner
   * @param folds by recording where several rows come from one: such rows are not independent, and
   *     a learner that remembers its rows would weigh too much
   */
  public Learner<Classified, Votes> withWeightsByScore(Score score, Folds folds) {
    return new ByScore(this, score, folds);
  }

  @Override
  public Votes fit(Samples rows) {
    return fit(rows, Made.of(this, rows));
  }

  private Votes fit(Samples rows, Made made) {
    made.codes(rows);
    List<Model<Classified>> models =
        Joined.each(members.size(), m -> members.get(m).learner().fit(rows));
    List<Votes.Voter> voters = new ArrayList<>();
    for (int m = 0; m < members.size(); m++) {
      Member member = members.get(m);
      voters.add(new Votes.Voter(member.name(), models.get(m), member.weight()));
    }
    Votes votes = new Votes(made, voters, hard);
    votes.predict(rows.first(1)); // refuses learners without probabilities now rather than later
    return votes;
  }

  @Override
  public String toString() {
    return (hard ? "hard" : "soft") + " vote of " + members;
  }

  record ByScore(Voting voting, Score score, Folds folds) implements Learner<Classified, Votes> {
    ByScore {
      Check.that(
          score.better() != Better.NEITHER,
          "%s has no better direction: choose a score such as accuracy to weigh learners by",
          score.name());
    }

    @Override
    public Votes fit(Samples rows) {
      Made made = Made.of(this, rows);
      made.codes(rows);
      double[] weights = new double[voting.members.size()];
      for (int m = 0; m < weights.length; m++) {
        Member member = voting.members.get(m);
        double mean = CrossValidation.of(member.learner(), rows, folds, score).mean();
        Check.that(
            mean > 0 && Double.isFinite(mean),
            "'%s' has %s %s: to weigh by, it must be finite and above 0; choose another score or"
                + " give weights",
            member.name(),
            score.name(),
            mean);
        weights[m] = member.weight() * (score.better() == Better.HIGHER ? mean : 1 / mean);
      }
      return voting.withWeights(weights).fit(rows, made);
    }

    @Override
    public String toString() {
      return "%s, weighted by %s on %s".formatted(voting, score.name(), folds);
    }
  }
}
