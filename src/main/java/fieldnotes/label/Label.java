package fieldnotes.label;

import fieldnotes.common.Check;
import java.time.Instant;
import java.util.Locale;

/**
 * The class of a clip, and how it is known.
 *
 * @param clip what the label is about
 * @param name the class, for example {@code music}; not empty
 * @param how by ear, by cluster or by model
 * @param sure from 0 to 1: of what was heard, as the listener says; of a cluster, the share that
 *     agreed; of a model, the probability
 * @param agreeing of a cluster, the number of heard clips that agreed; otherwise 0
 * @param heard of a cluster, the number of clips heard; otherwise 0
 * @param who the listener, or the model; may be empty
 * @param when when it was given
 */
public record Label(
    Segment clip,
    String name,
    How how,
    double sure,
    int agreeing,
    int heard,
    String who,
    Instant when) {
  /** Checks the numbers. */
  public Label {
    Check.that(!name.isBlank(), "%s: the class is empty; a label needs a name", clip);
    Check.that(sure >= 0 && sure <= 1, "%s: sure=%s: must be from 0 to 1", clip, sure);
    Check.that(
        how == How.CLUSTER ? agreeing >= 1 && agreeing <= heard : agreeing == 0 && heard == 0,
        "%s: agreeing=%d of heard=%d: labels by cluster need 1 ≤ agreeing ≤ heard, others have 0",
        clip,
        agreeing,
        heard);
  }

  /** A label that a person gave after listening, fully sure. */
  public static Label byEar(Segment clip, String name, String who, Instant when) {
    return new Label(clip, name, How.EAR, 1, 0, 0, who, when);
  }

  /** A label taken over from a cluster, in which {@code agreeing} of {@code heard} clips agreed. */
  public static Label byCluster(
      Segment clip, String name, int agreeing, int heard, String who, Instant when) {
    return new Label(
        clip, name, How.CLUSTER, (double) agreeing / heard, agreeing, heard, who, when);
  }

  /** A label that a model predicted with this probability. */
  public static Label byModel(
      Segment clip, String name, double probability, String model, Instant when) {
    return new Label(clip, name, How.MODEL, probability, 0, 0, model, when);
  }

  /** Returns a copy with another class. */
  public Label withName(String other) {
    return new Label(clip, other, how, sure, agreeing, heard, who, when);
  }

  /** Returns a copy about another clip. */
  public Label withClip(Segment other) {
    return new Label(other, name, how, sure, agreeing, heard, who, when);
  }

  @Override
  public String toString() {
    String evidence =
        switch (how) {
          case EAR -> "heard" + (sure < 1 ? String.format(Locale.ROOT, ", sure %.2f", sure) : "");
          case CLUSTER -> "by cluster, %d of %d".formatted(agreeing, heard);
          case MODEL -> String.format(Locale.ROOT, "by model, %.2f", sure);
        };
    return "%s: %s (%s)".formatted(clip, name, evidence);
  }
}
