package fieldnotes.data;

import fieldnotes.synth.Studio;
import fieldnotes.synth.StudioOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The generated sound of {@link Studio} as the data set {@code studio}: made next to its place,
 * listed in a manifest, and moved into its place whole or not at all.
 */
final class StudioSet {
  private StudioSet() {}

  /**
   * Makes the set in {@code folder}, unless it is there already and whole. What stands there
   * otherwise is replaced. Work that was cut off is continued where it stopped.
   *
   * @return the set, with the parts episodes, tracks and sounds
   * @throws UncheckedIOException if the folder cannot be written
   */
  static DataSet make(Path folder, StudioOptions options) {
    try {
      if (!isWhole(folder, options)) {
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
      throw new UncheckedIOException("cannot make the data set studio in " + folder, e);
    }
  }

  /** Whether the folder has what these options give, every file with its right size. */
  static boolean isWhole(Path folder, StudioOptions options) throws IOException {
    return saysAbout(folder, options) && Manifest.isWhole(folder.resolve(Manifest.NAME));
  }

  private static boolean saysAbout(Path folder, StudioOptions options) throws IOException {
    Path about = folder.resolve("about.txt");
    return Files.isRegularFile(about) && Files.readString(about).equals(Studio.about(options));
  }

  /** Where unfinished work for these options waits to be continued. */
  static Path workFolder(Path folder, StudioOptions options) {
    String key = Integer.toHexString(Studio.about(options).hashCode());
    return folder.resolveSibling("." + folder.getFileName() + "-" + key + ".part");
  }
}
