package fieldnotes.detect;

import java.io.IOException;
import java.util.Optional;

/**
 * Where sound to listen to comes from, in parts: a file of a folder, a connection to a station.
 * Each part has a time axis of its own, and no sound is heard across two. What happens besides,
 * such as a dropped connection, is told to a log.
 */
public interface SoundStream extends AutoCloseable {
  /**
   * A part of a stream.
   *
   * @param name the file or address
   * @param startSeconds time of its first sample, in the file or since the stream began
   */
  record Part(String name, double startSeconds) {}

  /**
   * Goes to the next part; may wait for it.
   *
   * @return empty at the end of the stream
   * @throws IOException if the stream cannot go on
   */
  Optional<Part> next() throws IOException;

  /**
   * Reads the next samples of the part, at the model's rate, finite; waits until there are some.
   *
   * @return number of samples stored in {@code block} from index 0, at least 1; −1 at the end of
   *     the part
   * @throws IOException if the stream cannot go on
   */
  int read(float[] block) throws IOException;

  /** Whether the sound is made now: a microphone, a station. */
  boolean live();

  /** Ends the stream, also while another thread waits for samples. */
  @Override
  void close();
}
