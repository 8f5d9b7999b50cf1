package fieldnotes.label;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the label of a clip: its own, or that of the shortest labelled part around it. */
final class SegmentIndex {
  /** Times that differ by up to this many seconds are the same. */
  static final double TOLERANCE = 0.01;

  private final Map<String, List<Label>> byFile = new HashMap<>();

  /** Of labels in the order of their clips. */
  SegmentIndex(Collection<Label> labels) {
    for (Label label : labels) {
      byFile.computeIfAbsent(name(label.clip()), f -> new ArrayList<>()).add(label);
    }
  }

  /** Composed and decomposed accents are the same name. */
  private static String name(Segment clip) {
    return Normalizer.normalize(clip.file(), Normalizer.Form.NFC);
  }

  Optional<Label> find(Segment clip) {
    List<Label> labels = byFile.getOrDefault(name(clip), List.of());
    int after = after(labels, clip.startSeconds() + TOLERANCE);
    Label same = null;
    double from = clip.startSeconds() - TOLERANCE;
    for (int i = after - 1; i >= 0 && labels.get(i).clip().startSeconds() >= from; i--) {
      Label label = labels.get(i);
      boolean here = endsAs(label.clip(), clip);
      same = here && (same == null || off(label, clip) <= off(same, clip)) ? label : same;
    }
    if (same != null) {
      return Optional.of(same);
    }
    Label around = null;
    for (int i = after - 1; i >= 0; i--) {
      Label label = labels.get(i);
      if (holds(label.clip(), clip)
          && (around == null || seconds(label.clip()) < seconds(around.clip()))) {
        around = label;
      }
    }
    return Optional.ofNullable(around);
  }

  /** The number of labels that start up to this time. */
  private static int after(List<Label> labels, double time) {
    int low = 0;
    int high = labels.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (labels.get(middle).clip().startSeconds() <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double off(Label label, Segment clip) {
    return Math.abs(label.clip().startSeconds() - clip.startSeconds());
  }

  private static boolean endsAs(Segment one, Segment other) {
    return Double.compare(one.endSeconds(), other.endSeconds()) == 0
        || Math.abs(one.endSeconds() - other.endSeconds()) <= TOLERANCE;
  }

  /** Whether a part that starts before the clip, or with it, ends after it, or with it. */
  private static boolean holds(Segment part, Segment clip) {
    return Double.isNaN(part.endSeconds()) || part.endSeconds() >= clip.endSeconds() - TOLERANCE;
  }

  /**
   * Parts to the end of a file are longer than others, and shorter among them where they start
   * later.
   */
  private static double seconds(Segment part) {
    double end = Double.isNaN(part.endSeconds()) ? 1e10 : part.endSeconds();
    return end - part.startSeconds();
  }
}
