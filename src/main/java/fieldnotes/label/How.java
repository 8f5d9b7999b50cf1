package fieldnotes.label;

import java.util.Locale;

/** How a clip came by its label. Listening outranks clusters, and clusters outrank models. */
public enum How {
  /** Predicted by a model, with a probability. */
  MODEL,
  /** Taken over from the clips of its cluster that were heard: k of m agreed. */
  CLUSTER,
  /** Heard by a person. */
  EAR;

  /** The word in files: {@code ear}, {@code cluster} or {@code model}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
