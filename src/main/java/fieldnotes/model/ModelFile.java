package fieldnotes.model;

import fieldnotes.common.Decoder;
import fieldnotes.common.Encoder;
import fieldnotes.common.Quoted;
import fieldnotes.common.Reason;
import fieldnotes.common.Sha256;
import fieldnotes.common.WholeFile;
import fieldnotes.evaluate.Classified;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Models in files. A file begins with what it is and the number of its format, then has the model,
 * deflated, and at its end the SHA-256 of all before. Nothing of it is used before the digest was
 * found to be right; then every part is checked against every other as it is read. Only values of
 * the workbench's own {@link fieldnotes.common.Format formats} are read back: no class is chosen
 * and no code run by what a file says.
 */
public final class ModelFile {
  private static final byte[] MAGIC = "fieldnotes model\n".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 4;
  private static final int DIGEST = 32;

  private static final int LONGEST_MESSAGE = 300;

  /**
   * A model that inflates to more is refused: an eighth of the memory, for while arrays grow they
   * take three times their size, and copies are checked.
   */
  private static long mostBytes() {
    return Runtime.getRuntime().maxMemory() / 8;
  }

  private ModelFile() {}

  /**
   * Saves a model; the file is replaced whole or left alone.
   *
   * @return the file
   * @throws IllegalArgumentException if the model, or a step before it, is of a class of your own,
   *     which has no format
   * @throws IOException if the file cannot be written
   */
  static Path save(Model<?> model, Path file) throws IOException {
    try (WholeFile whole = WholeFile.begin(file)) {
      MessageDigest digest = Sha256.digest();
      Deflater deflater = new Deflater(1);
      try {
        OutputStream out = new DigestOutputStream(whole.stream(), digest);
        out.write(MAGIC);
        out.write(VERSION);
        DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater);
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(deflated, 1 << 16));
        new Encoder(data).value(model);
        data.flush();
        deflated.finish();
      } finally {
        deflater.end();
      }
      whole.stream().write(digest.digest());
      whole.finish();
    }
    return file;
  }

  /**
   * Reads any model that was saved.
   *
   * @throws IOException naming the file and saying what is wrong, if it is no saved model, is
   *     damaged, was saved by another version, or is too large for the memory there is
   */
  public static Model<?> load(Path file) throws IOException {
    return load(file, mostBytes());
  }

  static Model<?> load(Path file, long mostBytes) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": a folder, not a file");
    }
    // opened once: a file that takes its place in between is not read
    try (FileChannel channel = FileChannel.open(file)) {
      checkDigest(channel);
      channel.position(MAGIC.length + 1L);
      InputStream in = buffered(channel);
      Inflater inflater = new Inflater();
      try {
        InputStream inflated = new Bounded(new InflaterInputStream(in, inflater), mostBytes);
        DataInputStream data = new DataInputStream(new BufferedInputStream(inflated, 1 << 16));
        Model<?> model = new Decoder(data).value(Model.class);
        if (data.read() >= 0
            || inflater.getBytesRead() != channel.size() - MAGIC.length - 1 - DIGEST) {
          throw new IOException("something follows the model");
        }
        return model;
      } finally {
        inflater.end();
      }
    } catch (EOFException | ZipException e) {
      throw new IOException(file + ": is truncated or damaged; save the model again", e);
    } catch (IOException | IllegalArgumentException | NegativeArraySizeException e) {
      throw new IOException("%s: %s".formatted(file, brief(Reason.words(e))), e);
    } catch (OutOfMemoryError e) {
      throw new IOException("%s: %s".formatted(file, tooLarge(mostBytes)), e);
    }
  }

  /** A damaged name that a message quotes may be long. */
  private static String brief(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? Quoted.line(message)
        : Quoted.line(message.substring(0, LONGEST_MESSAGE)) + "…";
  }

  private static String tooLarge(long mostBytes) {
    return "needs more memory than the %d MiB that a model may take here; if the file is sound, give"
            .formatted(mostBytes >> 20)
        + " Java more memory, for example -Xmx4g";
  }

  private static InputStream buffered(FileChannel channel) throws IOException {
    int size = Math.clamp(channel.size(), 1, 1 << 16);
    return new BufferedInputStream(Channels.newInputStream(channel), size);
  }

  /** Reads any model that was saved in a file given by name; see {@link #load(Path)}. */
  public static Model<?> load(String file) throws IOException {
    return load(Path.of(file));
  }

  /** Reads a model that predicts numbers; see {@link #load(String)}. */
  public static Model<double[]> loadNumbers(String file) throws IOException {
    return loadNumbers(Path.of(file));
  }

  /** Reads a model that predicts numbers; see {@link #load(Path)}. */
  @SuppressWarnings("unchecked")
  public static Model<double[]> loadNumbers(Path file) throws IOException {
    Model<?> model = load(file);
    if (!(core(model) instanceof NumberModel)) {
      throw new IOException("%s: predicts no numbers, but is a %s".formatted(file, model));
    }
    return (Model<double[]>) model; // what the innermost model predicts, a pipeline does
  }

  /** Reads a model that predicts classes; see {@link #load(String)}. */
  public static Model<Classified> loadClasses(String file) throws IOException {
    return loadClasses(Path.of(file));
  }

  /** Reads a model that predicts classes; see {@link #load(Path)}. */
  @SuppressWarnings("unchecked")
  public static Model<Classified> loadClasses(Path file) throws IOException {
    Model<?> model = load(file);
    if (!(core(model) instanceof ClassModel)) {
      throw new IOException("%s: predicts no classes, but is a %s".formatted(file, model));
    }
    return (Model<Classified>) model;
  }

  private static Model<?> core(Model<?> model) {
    Model<?> now = model;
    while (true) {
      switch (now) {
        case Pipeline.Fitted<?, ?> pipeline -> now = pipeline.model();
        case Around<?, ?> around -> now = around.model();
        default -> {
          return now;
        }
      }
    }
  }

  private static void checkDigest(FileChannel channel) throws IOException {
    InputStream in = buffered(channel);
    byte[] magic = in.readNBytes(MAGIC.length);
    if (magic.length > 1 && magic[0] == 'P' && magic[1] == 'K') {
      throw new IOException(
          "was saved by an earlier version of Fieldnotes; fit the model and save it again");
    }
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IOException("is no saved model");
    }
    int version = in.read();
    if (version != VERSION) {
      throw new IOException(
          "has format %d, but this version of Fieldnotes reads format %d; fit the model and save"
                  .formatted(version, VERSION)
              + " it again");
    }
    MessageDigest digest = Sha256.digest();
    digest.update(magic);
    digest.update((byte) version);
    long left = channel.size() - MAGIC.length - 1 - DIGEST;
    byte[] buffer = new byte[Math.clamp(left, 1, 1 << 16)];
    while (left > 0) {
      int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (n < 0) {
        break;
      }
      digest.update(buffer, 0, n);
      left -= n;
    }
    byte[] said = in.readNBytes(DIGEST);
    if (!MessageDigest.isEqual(said, digest.digest())) {
      throw new IOException(
          "is truncated or damaged (its SHA-256 is another); save the model again");
    }
  }

  /** A few bytes that inflate to very many come to an end. */
  private static final class Bounded extends FilterInputStream {
    private final long most;
    private long left;

    Bounded(InputStream in, long most) {
      super(in);
      this.most = most;
      left = most;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int n = super.read(bytes, from, length);
      count(Math.max(0, n));
      return n;
    }

    private void count(int n) throws IOException {
      left -= n;
      if (left < 0) {
        throw new IOException(tooLarge(most));
      }
    }
  }
}
