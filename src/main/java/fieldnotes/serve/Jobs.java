package fieldnotes.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import fieldnotes.common.Reason;
import fieldnotes.common.WholeFile;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Batches of sounds. One is acknowledged when its files and its description are on disk; each
 * result is on disk before the next file is begun. So one that was acknowledged is finished, also
 * by the service that starts after this one was killed, and no file twice.
 */
final class Jobs implements AutoCloseable {
  private static final Duration KEPT = Duration.ofDays(1);

  /** Finished batches that are kept of each key. */
  private static final int MOST_KEPT = 100;

  private static final long PAUSE_MILLIS = 1000;

  private final Path folder;
  private final ServedModels models;
  private final Bodies bodies;
  private final ServeLimits limits;
  private final Metrics metrics;
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<Job> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger taking = new AtomicInteger();
  private final Thread worker;
  private volatile boolean stopping;

  /**
   * @param folder has a folder for each batch; no other service may use it
   */
  Jobs(Path folder, ServedModels models, Bodies bodies, ServeLimits limits, Metrics metrics)
      throws IOException {
    this.folder = folder;
    this.models = models;
    this.bodies = bodies;
    this.limits = limits;
    this.metrics = metrics;
    find();
    forget();
    metrics.gauge("fieldnotes_jobs_unfinished", "Batches to be finished.", () -> unfinished());
    worker = Thread.ofPlatform().daemon().name("batches").priority(3).start(this::work);
  }

  /** Finds the batches of services before this one; what was never acknowledged is deleted. */
  private void find() throws IOException {
    List<Job> found = new ArrayList<>();
    for (Path one : WorkFolder.named(folder)) {
      if (WholeFile.isFile(one.resolve(Job.DESCRIPTION))) {
        found.add(Job.read(one));
      } else {
        WorkFolder.delete(one);
      }
    }
    found.sort(Comparator.comparing(Job::accepted).thenComparing(Job::id));
    for (Job job : found) {
      jobs.put(job.id(), job);
      if (!job.isFinished()) {
        waiting.add(job);
      }
    }
  }

  private long unfinished() {
    return jobs.values().stream().filter(job -> !job.isFinished()).count();
  }

  /**
   * Takes the files of a request; when this returns, the batch is on disk.
   *
   * @param bodyRead is told when the files are there
   */
  Job take(Context ctx, Served model, String key, Runnable bodyRead) {
    try {
      if (unfinished() + taking.incrementAndGet() > limits.jobs()) {
        throw new Refusal(
                HttpStatus.SERVICE_UNAVAILABLE, "there are too many unfinished batches; try again")
            .after(10);
      }
      List<UploadedFile> files = files(ctx);
      bodyRead.run();
      return begun(files, model, key);
    } finally {
      taking.decrementAndGet();
    }
  }

  private Job begun(List<UploadedFile> files, Served model, String key) {
    String id = WorkFolder.newName();
    Path place = folder.resolve(id);
    try {
      List<String> names = new ArrayList<>();
      for (UploadedFile file : files) {
        try (WholeFile whole = WholeFile.beginDurably(place.resolve("file-" + names.size()));
            InputStream in = file.content()) {
          in.transferTo(whole.stream());
          whole.finish();
        }
        names.add(file.filename());
      }
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      Job job = Job.begin(place, id, key, model.name(), names, now);
      WholeFile.settle(folder);
      jobs.put(id, job);
      waiting.add(job);
      metrics.add("fieldnotes_jobs_taken_total", 1);
      return job;
    } catch (IOException e) {
      WorkFolder.delete(place);
      throw new Refusal(HttpStatus.INSUFFICIENT_STORAGE, "there is no place for the batch");
    }
  }

  private List<UploadedFile> files(Context ctx) {
    String type = ctx.contentType();
    if (type == null || !type.startsWith("multipart/form-data")) {
      throw new Refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "send the files as multipart/form-data");
    }
    List<UploadedFile> files;
    try {
      files = ctx.uploadedFiles();
    } catch (Exception e) { // also checked ones, which the library does not declare
      throw unreadable(e, ctx);
    }
    if (files.isEmpty() || files.size() > limits.batchFiles()) {
      throw Refusal.bad(
          "there are %d files: must be 1 to %d".formatted(files.size(), limits.batchFiles()));
    }
    return files;
  }

  private Refusal unreadable(Exception e, Context ctx) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String why = String.valueOf(cause.getMessage());
      if (cause instanceof TimeoutException) {
        return Bodies.tooSlow(ctx);
      }
      if (why.contains("exceed") || why.contains("too large") || why.contains("maximum")) {
        return Bodies.tooLarge(ctx, limits.batchBytes());
      }
    }
    return System.nanoTime() - Call.of(ctx).bodyDue > 0
        ? Bodies.tooSlow(ctx)
        : Refusal.bad("the body is no complete multipart/form-data");
  }

  /** A batch of this key. */
  Job get(String id, String key) {
    Job job = jobs.get(id);
    if (job == null || !job.key().equals(key)) {
      throw Refusal.missing("there is no such job");
    }
    return job;
  }

  /** The batches of a key, the latest first. */
  List<Map<String, Object>> of(String key) {
    return jobs.values().stream()
        .filter(job -> job.key().equals(key))
        .sorted(Comparator.comparing(Job::accepted).reversed().thenComparing(Job::id))
        .map(Job::told)
        .toList();
  }

  /** Cancels a batch; one that is finished is deleted. */
  Map<String, Object> cancel(Job job) throws IOException {
    Map<String, Object> told = new LinkedHashMap<>();
    if (job.isFinished()) {
      told.putAll(job.told());
      told.put("state", "deleted");
      jobs.remove(job.id());
      job.delete();
      return told;
    }
    job.cancel();
    return job.told();
  }

  /** Deletes what was finished long ago, and of each key all finished ones but the latest. */
  void forget() {
    Instant before = Instant.now().minus(KEPT);
    Map<String, Integer> kept = new HashMap<>();
    List<Job> latest = new ArrayList<>(jobs.values());
    latest.removeIf(job -> !job.isFinished());
    latest.sort(Comparator.comparing(Job::ended).reversed());
    for (Job job : latest) {
      if (kept.merge(job.key(), 1, Integer::sum) > MOST_KEPT || job.ended().isBefore(before)) {
        jobs.remove(job.id());
        job.delete();
      }
    }
  }

  private void work() {
    while (!stopping) {
      try {
        Job job = waiting.poll(200, TimeUnit.MILLISECONDS); // an interrupt would harm a result
        if (job != null) {
          tryIt(job);
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** What hinders a batch, such as a full disk, may pass: it is tried again after the others. */
  private void tryIt(Job job) throws InterruptedException {
    try {
      work(job);
      return;
    } catch (IOException | RuntimeException | Error e) {
      job.hindered("the service cannot go on with it just now, and tries again");
      System.err.println("serve: batch %s waits: %s".formatted(job.id(), Reason.of(e)));
    }
    waiting.add(job);
    for (long slept = 0; !stopping && slept < PAUSE_MILLIS; slept += 50) {
      Thread.sleep(50);
    }
  }

  private void work(Job job) throws IOException {
    while (!stopping && !job.isFinished()) {
      int next = job.done();
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("file", job.names().get(next));
      try {
        requireReadable(job.file(next));
        Served model = models.get(job.model());
        result.put("model", model.name());
        result.put("version", model.version());
        result.putAll(
            ModelApi.heard(
                model, bodies.read(job.file(next), "the sound", model.hears().rateHz())));
      } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
        boolean said = e instanceof Refusal || e instanceof IllegalArgumentException;
        result.put("error", said ? e.getMessage() : "the service failed on this file");
      }
      job.add((Answers.JSON.writeValueAsString(result) + "\n").getBytes(UTF_8));
      metrics.add("fieldnotes_job_files_total", 1);
    }
    if (!stopping) {
      job.deleteSounds(); // of one that was cancelled
    }
  }

  /** A sound that cannot be opened just now is no bad sound. */
  private static void requireReadable(Path file) throws IOException {
    try {
      Files.newInputStream(file).close();
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("the sound was deleted from the service's folder", e);
    }
  }

  /** Ends after the file that is worked on; the rest is done when the service starts again. */
  @Override
  public void close() {
    stopping = true;
    try {
      worker.join(Duration.ofSeconds(60));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
