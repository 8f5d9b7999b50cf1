package fieldnotes.label;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One thing that a person did to the labels, which undo takes back as one.
 *
 * @param number of this step, from 1 in the order of time; never used again
 * @param when when it was done
 * @param who the listener; may be empty
 * @param kind what was done
 * @param labels the labels given; empty for skipped and removed ones
 * @param clips the clips that it is about
 */
public record LabelStep(
    long number, Instant when, String who, Kind kind, List<Label> labels, List<Segment> clips) {
  /** What was done. */
  public enum Kind {
    /** Labels were given. */
    LABEL,
    /** A clip that had a label was heard again and labelled, to verify it. */
    CHECK,
    /** A clip was put off. */
    SKIP,
    /** Labels were taken away. */
    REMOVE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the lists. */
  public LabelStep {
    labels = List.copyOf(labels);
    clips = List.copyOf(clips);
  }

  static LabelStep of(Kind kind, String who, Instant when, List<Label> labels) {
    return new LabelStep(0, when, who, kind, labels, labels.stream().map(Label::clip).toList());
  }

  static LabelStep about(Kind kind, String who, Instant when, List<Segment> clips) {
    return new LabelStep(0, when, who, kind, List.of(), clips);
  }

  LabelStep numbered(long other) {
    return new LabelStep(other, when, who, kind, labels, clips);
  }

  /** The same of files that have other names now. */
  LabelStep moved(Moves moves) {
    return new LabelStep(
        number,
        when,
        who,
        kind,
        labels.stream().map(label -> label.withClip(moves.of(label.clip()))).toList(),
        clips.stream().map(moves::of).toList());
  }

  @Override
  public String toString() {
    return Stream.of(kind.word(), clips.size() == 1 ? clips.getFirst() : clips.size() + " clips")
        .map(String::valueOf)
        .reduce((a, b) -> a + " " + b)
        .orElseThrow();
  }
}
