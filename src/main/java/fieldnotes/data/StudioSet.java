package fieldnotes.data;

import fieldnotes.common.Reason;
import fieldnotes.common.WholeFile;
import fieldnotes.synth.Studio;
import fieldnotes.synth.StudioOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The generated sound of {@link Studio} as the data set {@code studio}: generated in a work folder,
 * listed in a manifest, then moved into place.
 */
final class StudioSet {
  private static final List<String> TABLES =
      List.of("episodes/episodes.csv", "tracks/tracks.csv", "sounds/sounds.csv");

  private StudioSet() {}

  /**
   * Generates the set in {@code folder}, unless a complete one is there. Other content is replaced;
   * an interrupted run is resumed.
   *
   * @param anew even if it looks complete
   * @return the set, with the parts episodes, tracks and sounds
   * @throws UncheckedIOException if the folder cannot be written
   */
  static DataSet make(Path folder, StudioOptions options, boolean anew) {
    try {
      if (anew || !isWhole(folder, options)) {
        Path place = folder.toAbsolutePath();
        Path work = workFolder(place, options);
        if (!saysAbout(work, options)) {
          Moves.delete(work);
        }
        Studio.make(work, options);
        Manifest.write(work);
        Moves.replace(work, place);
      }
      return DataSet.of(Catalogue.standard().find("studio").orElseThrow(), folder);
    } catch (IOException e) {
      throw Reason.unchecked("cannot make the data set studio in " + folder, e);
    }
  }

  /** Whether the folder holds the set of these options, every file with its size. */
  static boolean isWhole(Path folder, StudioOptions options) throws IOException {
    if (!saysAbout(folder, options)) {
      return false;
    }
    Path manifest = folder.resolve(Manifest.NAME);
    int files = Studio.files(options) + TABLES.size();
    Optional<List<Manifest.Entry>> entries = Manifest.read(manifest, files);
    if (entries.isPresent()) {
      return Manifest.isWhole(manifest, entries.get());
    }
    int sounds = 0;
    for (String table : TABLES) {
      Path there = folder.resolve(table);
      if (!WholeFile.isFile(there)) {
        return false;
      }
      try (Stream<Path> all = Files.list(there.getParent())) {
        sounds += (int) all.filter(file -> file.toString().endsWith(".wav")).count();
      }
    }
    return sounds == Studio.files(options);
  }

  private static boolean saysAbout(Path folder, StudioOptions options) throws IOException {
    Path about = folder.resolve("about.txt");
    return WholeFile.isFile(about) && Files.readString(about).equals(Studio.about(options));
  }

  /** The work folder for these options. */
  static Path workFolder(Path folder, StudioOptions options) {
    String key = Integer.toHexString(Studio.about(options).hashCode());
    return folder.resolveSibling("." + folder.getFileName() + "-" + key + ".part");
  }
}
