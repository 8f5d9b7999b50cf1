package fieldnotes.embed;

import fieldnotes.common.Check;

/**
 * Options of {@link Pca}.
 *
 * @param components number of components; 0 keeps all, min(rows, columns)
 * @param whiten whether scores are divided by the component's standard deviation
 */
public record PcaOptions(int components, boolean whiten) {
  /** Validates the values. */
  public PcaOptions {
    Check.atLeast("components", components, 0);
  }

  /** All components, not whitened. */
  public static PcaOptions all() {
    return new PcaOptions(0, false);
  }

  /** This number of components, not whitened. */
  public static PcaOptions of(int components) {
    Check.atLeast("components", components, 1);
    return new PcaOptions(components, false);
  }

  /** Returns a copy with whitening on or off. */
  public PcaOptions withWhiten(boolean on) {
    return new PcaOptions(components, on);
  }
}
