package fieldnotes.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import fieldnotes.common.AppendedFile;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A batch of sounds in a folder of its own, and how far it is. */
final class Job {
  static final String DESCRIPTION = "job.json";
  private static final String RESULTS = "results.jsonl";
  private static final String CANCELLED = "cancelled";

  private final Path folder;
  private final String id;
  private final String key;
  private final String model;
  private final List<String> names;
  private final Instant accepted;
  private volatile int done;
  private volatile boolean cancelled;
  private volatile String failure = "";

  private Job(
      Path folder, String id, String key, String model, List<String> names, Instant accepted) {
    this.folder = folder;
    this.id = id;
    this.key = key;
    this.model = model;
    this.names = List.copyOf(names);
    this.accepted = accepted;
  }

  /** A new batch, whose files are in the folder; when this returns, it is on disk. */
  static Job begin(
      Path folder, String id, String key, String model, List<String> names, Instant now)
      throws IOException {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("id", id);
    out.put("key", key);
    out.put("model", model);
    out.put("accepted", now.toString());
    out.put("files", names);
    WholeFile.writeDurably(folder.resolve(DESCRIPTION), Answers.JSON.writeValueAsBytes(out));
    return new Job(folder, id, key, model, names, now);
  }

  /** One that an earlier service took. A result that was written in part is dropped. */
  static Job read(Path folder) throws IOException {
    JsonNode in;
    Instant accepted;
    try {
      in = Answers.JSON.readTree(Files.readAllBytes(folder.resolve(DESCRIPTION)));
      accepted = Instant.parse(in.path("accepted").asString());
    } catch (JacksonException | DateTimeException e) {
      throw new IOException(folder.resolve(DESCRIPTION) + ": is damaged", e);
    }
    List<String> names = new ArrayList<>();
    in.path("files").forEach(one -> names.add(one.asString()));
    Job job =
        new Job(
            folder,
            in.path("id").asString(),
            in.path("key").asString(),
            in.path("model").asString(),
            names,
            accepted);
    try (AppendedFile results = AppendedFile.open(folder.resolve(RESULTS))) {
      byte[] bytes = results.bytes(0);
      int whole = 0;
      int count = 0;
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          count++;
          whole = i + 1;
        }
      }
      job.done = count;
      if (whole < bytes.length) {
        results.replaceEnd(whole, new byte[0]);
      }
    }
    job.cancelled = WholeFile.isFile(folder.resolve(CANCELLED));
    return job;
  }

  String id() {
    return id;
  }

  String key() {
    return key;
  }

  String model() {
    return model;
  }

  Instant accepted() {
    return accepted;
  }

  List<String> names() {
    return names;
  }

  Path folder() {
    return folder;
  }

  Path file(int number) {
    return folder.resolve("file-" + number);
  }

  int done() {
    return done;
  }

  boolean isFinished() {
    return done == names.size() || cancelled || !failure.isEmpty();
  }

  /** Adds a result, which is then on disk; the sound is not needed any more. */
  void add(byte[] line) throws IOException {
    try (AppendedFile results = AppendedFile.open(folder.resolve(RESULTS))) {
      results.replaceEnd(results.size(), line);
    }
    int now = done;
    Files.deleteIfExists(file(now));
    done = now + 1;
  }

  void cancel() throws IOException {
    WholeFile.writeDurably(folder.resolve(CANCELLED), id.getBytes(UTF_8));
    cancelled = true;
  }

  void fail(String why) {
    failure = why;
  }

  byte[] results() throws IOException {
    Path file = folder.resolve(RESULTS);
    return WholeFile.isFile(file) ? Files.readAllBytes(file) : new byte[0];
  }

  Map<String, Object> told() {
    int now = done;
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("id", id);
    out.put("model", model);
    out.put("state", state(now));
    out.put("done", now);
    out.put("total", names.size());
    out.put("accepted", accepted.toString());
    out.put("results", "/v1/jobs/" + id + "/results");
    return out;
  }

  private String state(int now) {
    if (now == names.size()) {
      return "done";
    }
    return cancelled
        ? "cancelled"
        : !failure.isEmpty() ? "failed" : now > 0 ? "running" : "waiting";
  }
}
