package fieldnotes.label;

import fieldnotes.audio.Playlist;
import fieldnotes.cluster.ClusterProfiles;
import fieldnotes.common.Check;
import fieldnotes.common.FolderWalk;
import fieldnotes.math.NumpyRandom;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Playlists of clusters and of classes, and random samples of them to listen to. */
public final class Playlists {
  private Playlists() {}

  /**
   * Writes a playlist for each cluster: {@code cluster-0.m3u8} and so on, {@code noise.m3u8} for
   * noise. The files nearest to the medoid come first; each file is listed once, even if several of
   * its chunks are in the cluster. Paths are relative to the folder if possible.
   *
   * @param files the file of each row, shape [rows]
   * @param folder the folder to write to, created if missing
   * @return the playlists, in the order of the clusters
   */
  public static List<Path> ofClusters(ClusterProfiles profiles, List<Path> files, Path folder) {
    Check.sameLength("files", files.size(), "labels", profiles.labels().length);
    List<Path> written = new ArrayList<>();
    for (int cluster : profiles.clusters()) {
      Set<Path> members = new LinkedHashSet<>();
      for (int row : profiles.members(cluster)) {
        members.add(files.get(row).toAbsolutePath().normalize());
      }
      Path list = folder.resolve(cluster < 0 ? "noise.m3u8" : "cluster-" + cluster + ".m3u8");
      written.add(Playlist.of(members.stream().map(Playlist.Entry::of).toList()).write(list));
    }
    return List.copyOf(written);
  }

  /**
   * Writes {@code 00_refined_<class>_playlist.m3u} for each class, with the clips in the order of
   * the set. A whole file is one entry. A part is an entry of its own with the start and stop times
   * that VLC follows; other players play the whole file.
   *
   * @param sounds the folder from which the files of the labels are named
   * @param folder the folder to write to, created if missing
   * @return the playlists by class
   * @throws IllegalArgumentException naming the class or file that a playlist cannot hold
   */
  public static Map<String, Path> refined(LabelSet labels, Path sounds, Path folder) {
    return PlaylistLabels.write(labels, sounds, folder, "00_refined_%s_playlist.m3u");
  }

  /**
   * Random entries without repetition, in the order of the playlist. Which are chosen does not
   * depend on that order, and a larger sample with the same seed contains the smaller ones.
   *
   * @param count number of entries, at least 1; all if there are fewer
   * @param seed 0 to 4294967295
   */
  public static Playlist sample(Playlist playlist, int count, long seed) {
    List<Playlist.Entry> entries = playlist.entries();
    int[] sorted =
        IntStream.range(0, entries.size())
            .boxed()
            .sorted(
                Comparator.comparing(
                        (Integer i) -> FolderWalk.slashes(entries.get(i).file().path()))
                    .thenComparing(i -> entries.get(i).startSeconds())
                    .thenComparing(i -> entries.get(i).endSeconds()))
            .mapToInt(Integer::intValue)
            .toArray();
    List<Playlist.Entry> chosen =
        Arrays.stream(sample(sorted.length, count, seed))
            .map(i -> sorted[i])
            .sorted()
            .mapToObj(entries::get)
            .toList();
    return Playlist.of(chosen).withTitle(playlist.title());
  }

  /** The first numbers of a random order of 0 … rows − 1. */
  static int[] sample(int rows, int count, long seed) {
    Check.atLeast("count", count, 1);
    int[] order = NumpyRandom.of(seed).permutation(rows);
    return Arrays.copyOf(order, Math.min(count, rows));
  }

  /** The path of a labelled file. */
  static Path path(Path sounds, String file) {
    try {
      return sounds.resolve(file);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "%s: is no path on this system: %s".formatted(file, e.getReason()), e);
    }
  }
}
