package fieldnotes.serve;

import fieldnotes.audio.SoundFiles;
import fieldnotes.common.Check;
import fieldnotes.label.ClipList;
import fieldnotes.label.Guide;
import fieldnotes.label.LabelSet;
import fieldnotes.label.LabelStore;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The page on which clips are heard and labelled. In a cell it shows itself; elsewhere, {@link
 * #address} is to be opened in a browser. It writes to the labels file until it is closed.
 */
public final class Labeller implements AutoCloseable {
  private final LabelServer server;
  private final ClipList clips;
  private final Path file;

  private Labeller(LabelServer server, ClipList clips, Path file) {
    this.server = server;
    this.clips = clips;
    this.file = file;
  }

  /** Opens the page for clips, with the labels in {@code labels.json} of the current folder. */
  public static Labeller open(ClipList clips) {
    return open(clips, LabelOptions.of("labels.json"));
  }

  /** Opens the page for whole files. */
  public static Labeller open(SoundFiles sounds) {
    return open(ClipList.of(sounds));
  }

  /** Opens the page for the chunks that these rows are features of. */
  public static Labeller open(Samples rows) {
    return open(ClipList.of(rows));
  }

  /**
   * Opens the page for clips.
   *
   * @throws IllegalArgumentException if the labels file lies in a folder whose files are served
   * @throws IllegalStateException if another program has the labels file open, or the port
   */
  public static Labeller open(ClipList clips, LabelOptions options) {
    Path file = options.file().toAbsolutePath().normalize();
    outside(clips, file);
    Supplier<Guide> begin = guide(clips, options);
    LabelStore store = LabelStore.open(file, options.who());
    if (store.labels().size() > 0) {
      store.follow(files(clips));
    }
    Session session =
        new Session(clips, store, options, order(clips, options), begin, Clock.systemUTC());
    return new Labeller(LabelServer.start(session, options.port()), clips, file);
  }

  private static Supplier<Guide> guide(ClipList clips, LabelOptions options) {
    if (options.guide().isEmpty()) {
      return null;
    }
    Samples rows =
        clips
            .rows()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s: a guide needs features of the clips; make the list of samples"
                            .formatted(clips.name())));
    return options.guide().get().over(rows, options.seed())::begin;
  }

  /** Labels are not kept among the files that the page serves. */
  private static void outside(ClipList clips, Path file) {
    Path folder = real(real(file).getParent());
    for (int i = 0; i < clips.size(); i++) {
      if (i > 0 && clips.root(i).equals(clips.root(i - 1))) {
        continue;
      }
      Check.that(
          !folder.startsWith(real(clips.root(i))),
          "the labels file %s lies in %s, whose files the page serves; give a file outside it,"
              + " for example %s",
          file,
          clips.root(i),
          clips.root(i).resolveSibling(file.getFileName()));
    }
  }

  private static Set<Path> files(ClipList clips) {
    return IntStream.range(0, clips.size()).mapToObj(clips::file).collect(Collectors.toSet());
  }

  /** Where links lead to. */
  private static Path real(Path path) {
    try {
      return Files.exists(path) ? path.toRealPath() : path;
    } catch (IOException e) {
      return path;
    }
  }

  private static int[] order(ClipList clips, LabelOptions options) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, clips.size()).boxed().toList());
    if (options.order() == LabelOptions.Order.RANDOM) {
      Collections.shuffle(order, new Random(options.seed()));
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The address of the page, with the token that it needs. */
  public URI address() {
    return server.address();
  }

  /** What was labelled so far. */
  public LabelSet labels() {
    return server.session().labels();
  }

  /** The labels file. */
  public Path file() {
    return file;
  }

  /** Stops the page; the labels stay in their file. */
  @Override
  public void close() {
    server.close();
  }

  @Override
  public String toString() {
    return "%s; labels in %s".formatted(clips, file.getFileName());
  }
}
