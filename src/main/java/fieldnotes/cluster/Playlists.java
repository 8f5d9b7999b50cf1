package fieldnotes.cluster;

import fieldnotes.common.FolderWalk;
import fieldnotes.common.Reason;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes the playlists of {@link ClusterProfiles#writePlaylists(String, List)}. */
final class Playlists {
  private Playlists() {}

  static List<Path> write(ClusterProfiles profiles, Path folder, List<Path> files) {
    List<Path> written = new ArrayList<>();
    try {
      WholeFile.makeFolder(folder);
      Path home = folder.toAbsolutePath().normalize();
      for (int cluster : profiles.clusters()) {
        Set<String> lines = new LinkedHashSet<>();
        lines.add("#EXTM3U");
        for (int row : profiles.members(cluster)) {
          lines.add(from(home, files.get(row)));
        }
        Path list = folder.resolve(cluster < 0 ? "noise.m3u8" : "cluster-" + cluster + ".m3u8");
        WholeFile.write(list, String.join("\n", lines) + "\n");
        written.add(list);
      }
    } catch (IOException e) {
      throw Reason.unchecked("cannot write the playlists in " + folder, e);
    }
    return written;
  }

  /** A line that begins with {@code #} would be a comment. */
  private static String entry(String path) {
    return path.startsWith("#") ? "./" + path : path;
  }

  private static String from(Path home, Path file) {
    Path whole = file.toAbsolutePath().normalize();
    return whole.getRoot() != null && whole.getRoot().equals(home.getRoot())
        ? entry(FolderWalk.slashes(home.relativize(whole)))
        : whole.toString();
  }
}
