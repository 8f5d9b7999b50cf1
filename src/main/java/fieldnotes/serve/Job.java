package fieldnotes.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import fieldnotes.common.AppendedFile;
import fieldnotes.common.WholeFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
  private volatile long bytes;
  private volatile boolean cancelled;
  private volatile Instant ended;
  private boolean deleted;
  private volatile String problem = "";

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
      job.bytes = whole;
      if (whole < bytes.length) {
        results.replaceEnd(whole, new byte[0]);
      }
    }
    job.cancelled = WholeFile.isFile(folder.resolve(CANCELLED));
    if (job.isFinished()) {
      Path last = folder.resolve(job.cancelled ? CANCELLED : RESULTS);
      job.ended = Files.getLastModifiedTime(last).toInstant();
      job.deleteSounds();
    }
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
    return done == names.size() || cancelled;
  }

  /** When it was finished or cancelled; the end of time if it is not. */
  Instant ended() {
    Instant at = ended;
    return at == null ? Instant.MAX : at;
  }

  /** Adds a result, which is then on disk; the sound is not needed any more. */
  synchronized void add(byte[] line) throws IOException {
    if (deleted) {
      return;
    }
    try (AppendedFile results = AppendedFile.open(folder.resolve(RESULTS))) {
      results.replaceEnd(bytes, line);
    }
    bytes += line.length;
    int now = done;
    done = now + 1;
    problem = "";
    ended = now + 1 == names.size() ? Instant.now() : ended;
    Files.deleteIfExists(file(now));
  }

  void cancel() throws IOException {
    WholeFile.writeDurably(folder.resolve(CANCELLED), id.getBytes(UTF_8));
    ended = Instant.now();
    cancelled = true;
  }

  /** Deletes the sounds that are left; only when nothing reads them any more. */
  void deleteSounds() throws IOException {
    for (int i = done; i < names.size(); i++) {
      Files.deleteIfExists(file(i));
    }
  }

  /** Deletes it from the disk, its description first: without that it is no batch any more. */
  synchronized void delete() {
    deleted = true;
    try {
      Files.deleteIfExists(folder.resolve(DESCRIPTION));
      WholeFile.settle(folder);
    } catch (IOException e) {
      return; // it stays, and is found when the service starts again
    }
    WorkFolder.delete(folder);
  }

  /** Why it does not go on just now; it is tried again. */
  void hindered(String why) {
    problem = why;
  }

  /** The number of bytes of the results so far, which end with a line. */
  long size() {
    return bytes;
  }

  /** Writes the first bytes of the results. */
  void results(long count, OutputStream to) throws IOException {
    if (count == 0) {
      return;
    }
    try (InputStream in = Files.newInputStream(folder.resolve(RESULTS))) {
      byte[] buffer = new byte[1 << 14];
      for (long left = count; left > 0; ) {
        int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (n < 0) {
          throw new EOFException("the results were deleted");
        }
        to.write(buffer, 0, n);
        left -= n;
      }
    }
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
    String why = problem;
    if (!why.isEmpty() && !isFinished()) {
      out.put("problem", why);
    }
    return out;
  }

  private String state(int now) {
    if (now == names.size()) {
      return "done";
    }
    return cancelled ? "cancelled" : now > 0 ? "running" : "waiting";
  }
}
