package fieldnotes.detect;

import java.io.IOException;
import java.util.Optional;

/**
 * Listens to a stream to its end, each part from its beginning. It can be stopped from another
 * thread, also while it waits for sound: what is heard at that moment is an event then.
 */
public final class Listening {
  /** A twentieth of a second or so, so that a window is looked at soon after its end. */
  private static final int BLOCK = 1024;

  private final SoundModel model;
  private final ListenOptions options;
  private final SoundStream stream;
  private final Ear ear;
  private final Object lock = new Object();
  private Listener listener;
  private SoundStream.Part part;
  private boolean stopped;

  /** Whether the listener is at work, so that the ear may be called. */
  private boolean taking;

  private long samples;

  /** Takes what is heard; one call at a time. */
  public interface Ear {
    /** A part of the stream begins. */
    default void begins(SoundStream.Part part) {}

    /** Whether the next part of the stream is wanted, too. */
    default boolean more() {
      return true;
    }

    /**
     * Samples {@code 0} to {@code count} have come, at the model's rate; what sounds, if anything.
     */
    default void samples(float[] block, int count, Optional<SoundEvent> open) {}

    /** What the model says of a window, its times within the part's samples. */
    default void window(WindowScores scores) {}

    /**
     * A sound has ended.
     *
     * @param event its times are those of the part: in the file, or since the stream began
     * @param agoSeconds time from its end to the last sample that has come
     */
    void event(SoundStream.Part part, SoundEvent event, double agoSeconds);
  }

  /** Listens with a model to a stream, which the caller closes. */
  public Listening(SoundModel model, ListenOptions options, SoundStream stream, Ear ear) {
    this.model = model;
    this.options = options;
    this.stream = stream;
    this.ear = ear;
  }

  /**
   * Listens to the end of the stream, or until it is stopped.
   *
   * @return seconds of sound heard
   * @throws IOException if the stream cannot go on; the events before have been given
   */
  public double run() throws IOException {
    float[] block = new float[BLOCK];
    try {
      while (true) {
        Optional<SoundStream.Part> next = stream.next();
        if (next.isEmpty() || !begin(next.get())) {
          break;
        }
        for (int n = stream.read(block); n >= 0 && take(block, n); n = stream.read(block)) {
          // taken
        }
        end();
        if (!ear.more()) {
          break;
        }
      }
    } finally {
      end();
    }
    return (double) samples / model.rateHz();
  }

  private boolean begin(SoundStream.Part next) {
    synchronized (lock) {
      if (stopped) {
        return false;
      }
      part = next;
      listener = Listener.of(model, options, this::heard, ear::window);
      ear.begins(next);
      return true;
    }
  }

  private boolean take(float[] block, int count) {
    synchronized (lock) {
      if (stopped) {
        return false;
      }
      taking = true;
      try {
        listener.accept(block, 0, count);
        samples += count;
        ear.samples(block, count, listener.open().map(this::inPart));
      } finally {
        taking = false;
      }
      return !stopped;
    }
  }

  private void end() {
    synchronized (lock) {
      if (listener != null && !taking) {
        taking = true; // an ear that stops the listening must not end it again
        try {
          listener.finish();
        } finally {
          taking = false;
          listener = null;
        }
      }
    }
  }

  private void heard(SoundEvent event) {
    ear.event(part, inPart(event), Math.max(0, listener.seconds() - event.endSeconds()));
  }

  private SoundEvent inPart(SoundEvent event) {
    double start = part.startSeconds();
    return new SoundEvent(
        start + event.startSeconds(),
        start + event.endSeconds(),
        event.label(),
        event.confidence());
  }

  /**
   * Ends: gives what is heard now as an event, and takes no more samples. Called by the ear itself,
   * it does so after the ear has returned.
   */
  public void stop() {
    synchronized (lock) {
      stopped = true;
      end();
    }
  }
}
