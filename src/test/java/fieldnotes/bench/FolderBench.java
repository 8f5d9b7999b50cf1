package fieldnotes.bench;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.common.Parallel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Generates the sound of bench/folder.py: {@code FOLDER COUNT}. Every clip of 10 s has its own
 * pitch, its own place in a long stretch of noise and its own envelope, so no two files are alike.
 */
public final class FolderBench {
  private static final int RATE_HZ = 22_050;
  private static final int LENGTH = 10 * RATE_HZ;

  private FolderBench() {}

  /** Writes the clips, a thousand to a folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    SplittableRandom random = new SplittableRandom(7);
    float[] noise = new float[LENGTH + (1 << 20)];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (random.nextDouble() - 0.5);
    }
    float[] wave = new float[1 << 16];
    for (int i = 0; i < wave.length; i++) {
      for (int h = 1; h <= 8; h++) {
        wave[i] += (float) (Math.sin(2 * Math.PI * h * i / wave.length + h * h) / h);
      }
    }
    for (int i = 0; i * 1000 < count; i++) {
      Files.createDirectories(folder.resolve("%03d".formatted(i)));
    }
    Parallel.forEach(count, n -> AudioFiles.writeWav(clip(n, noise, wave), file(folder, n)));
  }

  private static Path file(Path folder, int n) {
    return folder.resolve("%03d/clip-%05d.wav".formatted(n / 1000, n));
  }

  private static Clip clip(int n, float[] noise, float[] wave) {
    SplittableRandom random = new SplittableRandom(n);
    int from = random.nextInt(1 << 20);
    double hz = 80 * Math.pow(2, 3 * random.nextDouble());
    float loud = (float) (0.02 + 0.2 * random.nextDouble());
    float[] y = new float[LENGTH];
    double phase = 0;
    double step = hz / RATE_HZ * wave.length;
    for (int i = 0; i < LENGTH; i++) {
      float envelope = 0.15f * (1 - i % 11_025 / 11_025f);
      y[i] = envelope * wave[(int) phase] + loud * noise[from + i];
      phase += step;
      if (phase >= wave.length) {
        phase -= wave.length;
      }
    }
    return Clip.of("clip " + n, y, RATE_HZ);
  }
}
