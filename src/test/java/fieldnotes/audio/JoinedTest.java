package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that stand one after another in one, as {@code cat} writes them: all of it is read. */
class JoinedTest {
  @TempDir Path folder;

  private byte[] encoded(Encoded kind, int seconds, int rate, int channels) throws IOException {
    float[][] all = new float[channels][];
    Arrays.fill(all, DecodeTest.sweep(seconds * rate, rate, seconds));
    return Files.readAllBytes(kind.write(folder.resolve("one"), rate, all));
  }

  private Path joined(byte[]... files) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] file : files) {
      all.writeBytes(file);
    }
    return Files.write(folder.resolve("all"), all.toByteArray());
  }

  private float[] alone(byte[] file) throws IOException {
    return AudioFiles.read(Files.write(folder.resolve("alone"), file)).samples();
  }

  private static float[] both(float[] a, float[] b) {
    float[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  @ParameterizedTest
  @EnumSource(
      value = Encoded.class,
      names = {"WV", "TTA", "WMA"})
  @DisplayName("the sound of each, one behind the other; the length of the whole; parts of it")
  void joins(Encoded kind) throws IOException {
    byte[] first = encoded(kind, 2, 22_050, 2);
    byte[] second = encoded(kind, 3, 22_050, 2);
    Path path = joined(first, second);
    float[] whole = AudioFiles.read(path).samples();
    assertThat(whole).isEqualTo(both(alone(first), alone(second)));
    assertThat(whole.length / 22_050.0).isEqualTo(5, within(0.2));
    assertThat(AudioFiles.probe(path).durationSeconds()).isEqualTo(5, within(0.2));
    assertThat(AudioFiles.length(path, ReadOptions.all())).isEqualTo(whole.length);
    float[] part = AudioFiles.read(path, ReadOptions.all().withPart(3, 1)).samples();
    assertThat(part).isEqualTo(Arrays.copyOfRange(whole, 3 * 22_050, 4 * 22_050));
    Path one = Files.write(folder.resolve("alone"), first);
    assertThat(AudioFiles.probe(one).durationSeconds()).isEqualTo(2, within(0.1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Encoded.class,
      names = {"WV", "TTA"})
  @DisplayName("another sample rate is resampled to that of the first")
  void rates(Encoded kind) throws IOException {
    byte[] first = encoded(kind, 2, 22_050, 1);
    byte[] second = encoded(kind, 2, 44_100, 2);
    Path path = joined(first, second);
    assertThat(AudioFiles.read(path).samples())
        .isEqualTo(both(alone(first), Resampler.of(44_100, 22_050).resample(alone(second))));
    assertThat(AudioFiles.probe(path).frames()).isEqualTo(4 * 22_050);
  }

  @Test
  @DisplayName("several channels are several blocks of a WavPack file, and one file")
  void channels() throws IOException {
    byte[] one = encoded(Encoded.WV, 1, 22_050, 6);
    assertThat(AudioFiles.probe(joined(one)).frames()).isEqualTo(22_050);
    assertThat(AudioFiles.read(joined(one, one)).length()).isEqualTo(2 * 22_050);
  }

  @Test
  @DisplayName("two transport streams are read whole, and the length is not that of one")
  void transport() throws IOException {
    byte[] one = encoded(Encoded.TS, 4, 44_100, 1);
    int length = alone(one).length;
    assertThat(AudioFiles.probe(joined(one)).durationSeconds()).isEqualTo(4, within(0.2));
    Path path = joined(one, one);
    assertThat(AudioFiles.read(path).length()).isEqualTo(2 * length);
    assertThat(AudioFiles.probe(path).frames()).isEqualTo(-1);
  }

  @Test
  @DisplayName("a FLAC file of unknown length and another behind it: the place is named")
  void flac() throws IOException {
    byte[] first = encoded(Encoded.FLAC, 1, 22_050, 1);
    first[21] &= (byte) 0xF0; // the number of samples
    Arrays.fill(first, 22, 26, (byte) 0);
    byte[] second = encoded(Encoded.FLAC, 1, 44_100, 1);
    Path path = joined(first, second);
    assertThatThrownBy(() -> AudioFiles.read(path))
        .isInstanceOf(AudioException.class)
        .hasMessageContaining(
            "another FLAC file begins at byte %d: split it there".formatted(first.length))
        .hasMessageContaining("--tolerate-damage");
    assertThat(new String(second, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("fLaC");
  }
}
