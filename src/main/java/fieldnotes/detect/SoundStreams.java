package fieldnotes.detect;

import fieldnotes.audio.SoundFiles;
import java.io.InputStream;
import java.net.URI;
import java.util.function.Consumer;

/**
 * Streams of sound to listen to. Each takes the sample rate of the model in Hz, and a log, which is
 * told what happens: a damaged file, a dropped connection, another format.
 */
public final class SoundStreams {
  private SoundStreams() {}

  /**
   * Files of any format, one after the other; one that cannot be read is told and passed over. If
   * none can be read, the stream cannot go on.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static SoundStream files(SoundFiles files, int rateHz, Consumer<String> log) {
    return new FileStream(files, rateHz, log);
  }

  /**
   * Random parts of files, for ever: each time a file and a place in it, both drawn with equal
   * chances.
   *
   * @param everySeconds time from the beginning of one part to that of the next, at least 0; 0 does
   *     not wait
   * @param seconds length of a part, above 0; shorter only where the file is
   */
  public static SoundStream random(
      SoundFiles files,
      double everySeconds,
      double seconds,
      long seed,
      int rateHz,
      Consumer<String> log) {
    return new RandomStream(files, everySeconds, seconds, seed, rateHz, log);
  }

  /**
   * Bytes of any format that can be read from a stream, such as standard input; also a WAVE stream
   * that does not know its length.
   *
   * @param in closed with the stream
   */
  public static SoundStream bytes(InputStream in, String name, int rateHz, Consumer<String> log) {
    return new ByteStream(in, name, rateHz, log);
  }

  /**
   * Bytes of samples without a header.
   *
   * @param in closed with the stream
   */
  public static SoundStream raw(
      InputStream in, String name, RawFormat format, int rateHz, Consumer<String> log) {
    return new RawStream(in, name, format, rateHz, log);
  }

  /**
   * A station on the net, by HTTP or as Icecast and Shoutcast send it. A connection that drops or
   * stalls is made again.
   *
   * @param address may have a name and a password, {@code https://name:password@host/path}, which
   *     the station is given, and nobody else
   */
  public static SoundStream station(
      URI address, StationOptions options, int rateHz, Consumer<String> log) {
    return new StationStream(address, options, rateHz, log);
  }

  /** An address without the name and the password in it; any other text as it is. */
  public static String shown(String address) {
    return address.replaceFirst("(?i)^(https?://)[^/?#]*@", "$1");
  }

  /** The microphone. */
  public static SoundStream microphone(int rateHz, Consumer<String> log) {
    return new MicrophoneStream(rateHz, log);
  }
}
