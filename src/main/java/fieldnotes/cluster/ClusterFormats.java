package fieldnotes.cluster;

import fieldnotes.common.Format;
import java.util.List;

/** What of this package can be saved. */
public final class ClusterFormats implements Format.Provider {
  @Override
  public List<Format<?>> formats() {
    return List.of(
        Format.ofRecord("similarity", Similarity.class),
        Format.ofRecord("clusters", Clusters.class),
        Format.ofRecord("k-means options", KMeansOptions.class),
        Format.ofRecord("mixture", Mixture.class),
        Format.ofRecord("mixture options", MixtureOptions.class));
  }
}
