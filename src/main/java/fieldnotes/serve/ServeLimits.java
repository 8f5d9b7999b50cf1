package fieldnotes.serve;

import fieldnotes.common.Check;

/**
 * What a service takes, and how long it waits.
 *
 * @param bodyBytes most bytes of a body; of a batch, of each file
 * @param batchBytes most bytes of a batch
 * @param batchFiles most files of a batch
 * @param soundSeconds longest sound
 * @param rows most rows of a request
 * @param perSecond requests a second of a key that has no limit of its own; without keys none holds
 * @param burst requests that a key may make at once
 * @param workers requests that are worked on at once
 * @param waiting requests that may wait for that
 * @param streams streams at once
 * @param jobs batches that may be unfinished
 * @param headSeconds time for the head of a request
 * @param bodySeconds time for its body
 * @param idleSeconds time for the next request of a connection, and for a sign of life of a stream
 * @param stopSeconds time to finish what was taken when the service stops
 * @param warmSeconds most time that each model of sounds gets to warm up before it is said to be
 *     ready; 0 for none
 */
public record ServeLimits(
    long bodyBytes,
    long batchBytes,
    int batchFiles,
    double soundSeconds,
    int rows,
    double perSecond,
    int burst,
    int workers,
    int waiting,
    int streams,
    int jobs,
    double headSeconds,
    double bodySeconds,
    double idleSeconds,
    double stopSeconds,
    double warmSeconds) {
  /** Checks the values. */
  public ServeLimits {
    Check.that(bodyBytes >= 1024, "bodyBytes=%d: must be at least 1024", bodyBytes);
    Check.that(batchBytes >= bodyBytes, "batchBytes=%d: must be at least bodyBytes", batchBytes);
    Check.atLeast("batchFiles", batchFiles, 1);
    Check.positive("soundSeconds", soundSeconds);
    Check.atLeast("rows", rows, 1);
    Check.positive("perSecond", perSecond);
    Check.that(perSecond <= 1e6, "perSecond=%s: must be at most 1000000", perSecond);
    Check.atLeast("burst", burst, 1);
    Check.atLeast("workers", workers, 1);
    Check.atLeast("waiting", waiting, 0);
    Check.atLeast("streams", streams, 0);
    Check.atLeast("jobs", jobs, 0);
    Check.positive("headSeconds", headSeconds);
    Check.positive("bodySeconds", bodySeconds);
    Check.positive("idleSeconds", idleSeconds);
    Check.that(
        stopSeconds >= 0 && Double.isFinite(stopSeconds),
        "stopSeconds=%s: must be at least 0",
        stopSeconds);
    Check.within("warmSeconds", warmSeconds, 0, 3600);
  }

  /** 32 MiB, ten minutes of sound, 100 requests a second of a key, as many workers as cores. */
  public static ServeLimits of() {
    return new ServeLimits(
        32L << 20,
        256L << 20,
        500,
        600,
        10_000,
        100,
        200,
        Runtime.getRuntime().availableProcessors(),
        256,
        64,
        32,
        10,
        30,
        30,
        20,
        3);
  }

  /** Returns a copy with other limits of a body in bytes and of a sound in seconds. */
  public ServeLimits withSizes(long bytes, double seconds) {
    return new ServeLimits(
        bytes,
        Math.max(bytes, batchBytes),
        batchFiles,
        seconds,
        rows,
        perSecond,
        burst,
        workers,
        waiting,
        streams,
        jobs,
        headSeconds,
        bodySeconds,
        idleSeconds,
        stopSeconds,
        warmSeconds);
  }

  /** Returns a copy with another rate of a key, in requests a second and at once. */
  public ServeLimits withRate(double rate, int atOnce) {
    return new ServeLimits(
        bodyBytes,
        batchBytes,
        batchFiles,
        soundSeconds,
        rows,
        rate,
        atOnce,
        workers,
        waiting,
        streams,
        jobs,
        headSeconds,
        bodySeconds,
        idleSeconds,
        stopSeconds,
        warmSeconds);
  }

  /** Returns a copy with other numbers of workers, of waiting requests and of streams. */
  public ServeLimits withWorkers(int working, int inWait, int streaming) {
    return new ServeLimits(
        bodyBytes,
        batchBytes,
        batchFiles,
        soundSeconds,
        rows,
        perSecond,
        burst,
        working,
        inWait,
        streaming,
        jobs,
        headSeconds,
        bodySeconds,
        idleSeconds,
        stopSeconds,
        warmSeconds);
  }

  /** Returns a copy with another time to warm up, in seconds; 0 for none. */
  public ServeLimits withWarmUp(double seconds) {
    return new ServeLimits(
        bodyBytes,
        batchBytes,
        batchFiles,
        soundSeconds,
        rows,
        perSecond,
        burst,
        workers,
        waiting,
        streams,
        jobs,
        headSeconds,
        bodySeconds,
        idleSeconds,
        stopSeconds,
        seconds);
  }

  /** Returns a copy with other times for head, body and the next request, in seconds. */
  public ServeLimits withTimes(double head, double body, double idle) {
    return new ServeLimits(
        bodyBytes,
        batchBytes,
        batchFiles,
        soundSeconds,
        rows,
        perSecond,
        burst,
        workers,
        waiting,
        streams,
        jobs,
        head,
        body,
        idle,
        stopSeconds,
        warmSeconds);
  }
}
