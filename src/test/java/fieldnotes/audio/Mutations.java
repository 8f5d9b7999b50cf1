package fieldnotes.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sound files that were spoilt: the same ones for the same seed. The sound of the whole files is
 * under a second long, so that what takes time is the damage.
 */
public final class Mutations {
  /**
   * One spoilt file.
   *
   * @param name tells its kind, its number and what was done to it
   */
  public record Spoilt(String name, byte[] bytes) {}

  private record Original(String name, byte[] bytes) {}

  private static final int[] ODD = {
    0, 1, -1, 2, 64, 255, 0x7F, 0x80, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xEE6B2800
  };

  private final List<Original> originals = new ArrayList<>();
  private final long seed;
  private final int samples;

  private Mutations(long seed, int samples) {
    this.seed = seed;
    this.samples = samples;
  }

  /** Writes the whole files into a folder, to have them coded, and keeps their bytes. */
  public static Mutations of(Path folder, long seed) throws IOException {
    return of(folder, seed, 14_000);
  }

  /** The same of so many samples. */
  public static Mutations of(Path folder, long seed, int samples) throws IOException {
    Mutations all = new Mutations(seed, samples);
    float[] left = sound(1, samples);
    float[] right = sound(2, samples);
    for (int bits : new int[] {8, 16, 24, 32}) {
      all.add("pcm" + bits + ".wav", new RawWav(RawWav.INTEGER, bits, 22_050, left, right));
    }
    all.add("float.wav", new RawWav(RawWav.FLOAT, 32, 22_050, left));
    all.add("double.wav", new RawWav(RawWav.FLOAT, 64, 22_050, left));
    all.add(
        "list.wav", new RawWav(RawWav.INTEGER, 16, 22_050, left, right).with("LIST", new byte[26]));
    for (Encoded kind : Encoded.values()) {
      boolean opus = kind == Encoded.OPUS || kind == Encoded.MKA;
      Path file = folder.resolve(kind.name() + "." + kind.extension());
      kind.write(file, opus ? 48_000 : 22_050, left, right);
      Original one = new Original(kind.name() + "." + kind.extension(), Files.readAllBytes(file));
      // MP3, FLAC and Ogg are what is mostly met.
      int times = kind.extension().matches("mp3|flac|ogg") ? 3 : 1;
      for (int i = 0; i < times; i++) {
        all.originals.add(one);
      }
    }
    return all;
  }

  private void add(String name, RawWav wav) {
    originals.add(new Original(name, wav.bytes()));
  }

  private static float[] sound(long seed, int n) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (0.3 * Math.sin(0.03 * i * (1 + 0.00002 * i)) + 0.1 * random.nextGaussian());
    }
    return x;
  }

  /** The spoilt file of this number; the same whatever others were asked for. */
  public Spoilt get(int number) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    Original original = originals.get(random.nextInt(originals.size()));
    String what;
    byte[] bytes;
    if (number % 8 == 0) {
      RawWav wav = new RawWav(RawWav.INTEGER, 16, 22_050, sound(3, samples), sound(4, samples));
      what = lie(wav, random);
      bytes = wav.bytes();
      original = new Original("header.wav", bytes);
    } else if (number % 8 == 1) {
      float[] x = sound(5, samples);
      float[] bad = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MAX_VALUE,
        1e30f,
        Float.MIN_VALUE
      };
      float one = bad[random.nextInt(bad.length)];
      int count = 1 + random.nextInt(random.nextBoolean() ? 3 : samples);
      for (int i = 0; i < count; i++) {
        x[random.nextInt(x.length)] = one;
      }
      bytes = new RawWav(RawWav.FLOAT, random.nextBoolean() ? 32 : 64, 22_050, x).bytes();
      original = new Original("float.wav", bytes);
      what = count + "x" + one;
    } else {
      bytes = original.bytes.clone();
      what = "";
      for (int times = 1 + random.nextInt(2); times > 0; times--) {
        Spoilt next = spoil(bytes, random);
        bytes = next.bytes();
        what += (what.isEmpty() ? "" : "+") + next.name();
      }
    }
    int dot = original.name.lastIndexOf('.');
    String name =
        "%04d-%s-%s%s"
            .formatted(
                number,
                original.name.substring(0, dot),
                what.replaceAll("[^a-zA-Z0-9+.-]", "_"),
                original.name.substring(dot));
    return new Spoilt(name, bytes);
  }

  private static String lie(RawWav wav, SplittableRandom random) {
    switch (random.nextInt(11)) {
      case 0 -> {
        int[] channels = {0, 64, 3, 255, 65_535};
        wav.channels = channels[random.nextInt(channels.length)];
        if (random.nextBoolean()) {
          wav.align = wav.channels * 2;
        }
        return "channels" + wav.channels;
      }
      case 1 -> {
        int[] rates = {0, 1, 99, 100, 7, 1_000_000, 1_000_001, -294_967_296, -1, 384_000};
        wav.rate = rates[random.nextInt(rates.length)];
        return "rate" + Integer.toUnsignedString(wav.rate);
      }
      case 2 -> {
        wav.dataBytes = Integer.toUnsignedLong(random.nextInt());
        return "data" + wav.dataBytes;
      }
      case 3 -> {
        wav.dataBytes = 0xFFFFFFFFL;
        wav.riffBytes = 0xFFFFFFFFL;
        return "stream";
      }
      case 4 -> {
        int[] bits = {0, 1, 7, 12, 20, 33, 64, 65_535};
        wav.bits = bits[random.nextInt(bits.length)];
        return "bits" + wav.bits;
      }
      case 5 -> {
        int[] codecs = {0, 2, 3, 6, 7, 0x11, 0x31, 0x55, 0xFF, 0x2000, 0xFFFE, 0xFFFF};
        wav.codec = codecs[random.nextInt(codecs.length)];
        return "codec" + wav.codec;
      }
      case 6 -> {
        int[] aligns = {0, 1, 3, 5, 65_535};
        wav.align = aligns[random.nextInt(aligns.length)];
        return "align" + wav.align;
      }
      case 7 -> {
        wav.data = new byte[0];
        return "nothing";
      }
      case 8 -> {
        wav.data = new byte[random.nextInt(6)];
        return "bytes" + wav.data.length;
      }
      case 9 -> {
        byte[] sizes = new byte[28];
        ByteBuffer b = ByteBuffer.wrap(sizes).order(ByteOrder.LITTLE_ENDIAN);
        b.putLong(random.nextLong()).putLong(random.nextLong());
        wav.with("ds64", sizes);
        wav.riff = "RF64";
        wav.dataBytes = 0xFFFFFFFFL;
        return "rf64";
      }
      default -> {
        wav.riffBytes = Integer.toUnsignedLong(random.nextInt());
        wav.with("junk", new byte[random.nextInt(50)]);
        return "riff";
      }
    }
  }

  private Spoilt spoil(byte[] x, SplittableRandom random) {
    if (x.length < 16) {
      return new Spoilt("tiny", x);
    }
    int head = Math.min(x.length, 16 + random.nextInt(400));
    switch (random.nextInt(11)) {
      case 0 -> {
        int flips = 1 + random.nextInt(200);
        for (int i = 0; i < flips; i++) {
          x[random.nextInt(x.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return new Spoilt("flips" + flips, x);
      }
      case 1 -> {
        int flips = 1 + random.nextInt(8);
        for (int i = 0; i < flips; i++) {
          x[random.nextInt(head)] ^= (byte) (1 << random.nextInt(8));
        }
        return new Spoilt("headflips" + flips, x);
      }
      case 2 -> {
        return new Spoilt("cut", Arrays.copyOf(x, random.nextInt(x.length)));
      }
      case 3 -> {
        return new Spoilt("cuthead", Arrays.copyOf(x, random.nextInt(head)));
      }
      case 4 -> {
        int at = random.nextInt(head - 4);
        ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int value = ODD[random.nextInt(ODD.length)];
        ByteBuffer.wrap(x).order(order).putInt(at, value);
        return new Spoilt("int" + at, x);
      }
      case 5 -> {
        int from = random.nextInt(x.length);
        int to = Math.min(x.length, from + random.nextInt(5000));
        Arrays.fill(x, from, to, (byte) ODD[random.nextInt(ODD.length)]);
        return new Spoilt("fill" + from, x);
      }
      case 6 -> {
        int from = random.nextInt(x.length);
        int to = Math.min(x.length, from + random.nextInt(3000));
        byte[] out = new byte[x.length - (to - from)];
        System.arraycopy(x, 0, out, 0, from);
        System.arraycopy(x, to, out, from, x.length - to);
        return new Spoilt("without" + from, out);
      }
      case 7 -> {
        int from = random.nextInt(x.length);
        int n = Math.min(x.length - from, random.nextInt(3000));
        byte[] out = new byte[x.length + n];
        System.arraycopy(x, 0, out, 0, from + n);
        System.arraycopy(x, from, out, from + n, x.length - from);
        return new Spoilt("twice" + from, out);
      }
      case 8 -> {
        Original other = originals.get(random.nextInt(originals.size()));
        int from = random.nextInt(x.length);
        int n = random.nextInt(other.bytes.length);
        byte[] out = Arrays.copyOf(x, from + n);
        System.arraycopy(other.bytes, other.bytes.length - n, out, from, n);
        return new Spoilt("joined", out);
      }
      case 9 -> {
        byte[] noise = new byte[random.nextInt(3000)];
        random.nextBytes(noise);
        int from = random.nextInt(x.length);
        System.arraycopy(noise, 0, x, from, Math.min(noise.length, x.length - from));
        return new Spoilt("noise" + from, x);
      }
      default -> {
        int step = 1 + random.nextInt(64);
        int from = random.nextInt(head);
        for (int i = from; i < head; i += step) {
          x[i] = (byte) random.nextInt(256);
        }
        return new Spoilt("header" + from, x);
      }
    }
  }
}
