package fieldnotes.serve;

import fieldnotes.common.Check;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The models by name. A new one takes the place of the old one at once; requests that have the old
 * one finish with it.
 */
final class ServedModels {
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Map<String, Served> models;

  /**
   * Reads models.
   *
   * @throws IOException naming the file that cannot be read
   * @throws IllegalArgumentException if two have one name
   */
  ServedModels(List<Path> files) throws IOException {
    Map<String, Served> read = new LinkedHashMap<>();
    for (Path file : files) {
      Served one = Served.read(file);
      Served other = read.put(one.name(), one);
      Check.that(
          other == null,
          "%s and %s: both would be called '%s'; rename one",
          file,
          other == null ? file : other.file(),
          one.name());
    }
    models = read;
  }

  Collection<Served> all() {
    return models.values();
  }

  /**
   * A model.
   *
   * @param name its name; null or empty for the only one there is
   */
  Served get(String name) {
    Map<String, Served> now = models;
    if (name == null || name.isEmpty()) {
      if (now.size() == 1) {
        return now.values().iterator().next();
      }
      throw Refusal.bad("which model? add ?model= with one of " + new TreeSet<>(now.keySet()));
    }
    Served one = now.get(name);
    if (one == null) {
      throw Refusal.missing(
          "there is no model of this name; there are " + new TreeSet<>(now.keySet()));
    }
    return one;
  }

  /**
   * Reads the files anew; either all of these models are replaced or none.
   *
   * @param name which; null or empty for all
   * @return those that changed
   * @throws IOException naming the file that cannot be read; the models stay as they were
   * @throws Refusal with status 409 if they are being read already
   */
  List<Served> reload(String name) throws IOException {
    if (!reading.tryLock()) {
      throw new Refusal(HttpStatus.CONFLICT, "the models are being read already; try again")
          .after(5);
    }
    try {
      return read(name);
    } finally {
      reading.unlock();
    }
  }

  private List<Served> read(String name) throws IOException {
    Map<String, Served> next = new LinkedHashMap<>(models);
    List<Served> changed = new ArrayList<>();
    for (Served old : name == null || name.isEmpty() ? models.values() : List.of(get(name))) {
      Served one = Served.read(old.file());
      if (!one.version().equals(old.version())) {
        next.put(one.name(), one);
        changed.add(one);
      }
    }
    models = next;
    return changed;
  }
}
