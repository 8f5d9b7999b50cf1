package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ogg files of several streams one after another. */
class ChainTest {
  private static final ReadOptions TOLERANT = ReadOptions.all().withTolerateDamage(true);

  @TempDir Path folder;

  private byte[] link(Encoded kind, int seconds, int rate, int channels) throws IOException {
    float[] x = DecodeTest.sweep(seconds * rate, rate, seconds);
    float[][] all = new float[channels][];
    Arrays.fill(all, x);
    return Files.readAllBytes(kind.write(folder.resolve("link"), rate, all));
  }

  private Path chain(List<byte[]> links) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    links.forEach(all::writeBytes);
    return Files.write(folder.resolve("chain.ogg"), all.toByteArray());
  }

  private float[] alone(byte[] link) throws IOException {
    return AudioFiles.read(Files.write(folder.resolve("alone"), link)).samples();
  }

  private static float[] joined(float[]... parts) {
    float[] all = {};
    for (float[] part : parts) {
      int n = all.length;
      all = Arrays.copyOf(all, n + part.length);
      System.arraycopy(part, 0, all, n, part.length);
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource(
      value = Encoded.class,
      names = {"OGG", "OPUS"})
  @DisplayName("the sound of each, one behind the other; the whole length; the parts of the whole")
  void joins(Encoded kind) throws IOException {
    int rate = kind == Encoded.OPUS ? 48_000 : 22_050;
    int channels = kind == Encoded.OPUS ? 1 : 2;
    List<byte[]> links =
        List.of(
            link(kind, 2, rate, channels), link(kind, 3, rate, 2), link(kind, 2, rate, channels));
    Path path = chain(links);
    float[] whole = AudioFiles.read(path).samples();
    assertThat(whole)
        .isEqualTo(joined(alone(links.get(0)), alone(links.get(1)), alone(links.get(2))));
    AudioInfo info = AudioFiles.probe(path);
    assertThat(info.durationSeconds()).isEqualTo(7, within(0.1));
    assertThat(info.container()).isEqualTo("ogg");
    assertThat(info.exact()).isFalse();
    assertThat(AudioFiles.length(path, ReadOptions.all())).isEqualTo(whole.length);
    Clip part = AudioFiles.read(path, ReadOptions.all().withPart(4.5, 1));
    int from = (int) (4.5 * rate);
    assertThat(part.samples()).isEqualTo(Arrays.copyOfRange(whole, from, from + rate));
    int[] chunks = {0};
    Chunks.fromEnd(path, ReadOptions.all(), ChunkOptions.of(1), (i, chunk) -> chunks[0]++);
    assertThat(chunks[0]).isEqualTo(whole.length / rate);
  }

  @Test
  @DisplayName("the same file twice, with the same serial number")
  void twice() throws IOException {
    byte[] one = link(Encoded.OGG, 2, 22_050, 2);
    Path path = chain(List.of(one, one));
    assertThat(AudioFiles.probe(path).durationSeconds()).isEqualTo(4, within(0.1));
    assertThat(AudioFiles.read(path).samples()).isEqualTo(joined(alone(one), alone(one)));
  }

  @Test
  @DisplayName("another sample rate is resampled to that of the first; Opus behind Vorbis too")
  void rates() throws IOException {
    byte[] first = link(Encoded.OGG, 2, 22_050, 2);
    byte[] second = link(Encoded.OGG, 3, 44_100, 2);
    byte[] third = link(Encoded.OPUS, 2, 48_000, 1);
    Path path = chain(List.of(first, second, third));
    assertThat(AudioFiles.probe(path).durationSeconds()).isEqualTo(7, within(0.1));
    Clip clip = AudioFiles.read(path);
    assertThat(clip.sampleRateHz()).isEqualTo(22_050);
    assertThat(clip.samples())
        .isEqualTo(
            joined(
                alone(first),
                Resampler.of(44_100, 22_050).resample(alone(second)),
                Resampler.of(48_000, 22_050).resample(alone(third))));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.5", "0, 0.9", "1, 0.6", "2, 0.7"})
  @DisplayName("one that is cut short is named; the others can be had")
  void cut(int which, double kept) throws IOException {
    byte[][] links = {
      link(Encoded.OGG, 4, 22_050, 2),
      link(Encoded.OGG, 3, 22_050, 2),
      link(Encoded.OGG, 5, 22_050, 2)
    };
    links[which] = Arrays.copyOf(links[which], (int) (kept * links[which].length));
    Path path = chain(List.of(links));
    assertThatThrownBy(() -> AudioFiles.read(path))
        .isInstanceOf(AudioException.class)
        .hasMessageContaining(
            which == 2
                ? "truncated: the last Ogg page"
                : "truncated: the last Ogg page of stream %d of 3 in this chain is missing"
                    .formatted(which + 1))
        .hasMessageContaining("--tolerate-damage");
    double seconds = 12 - new int[] {4, 3, 5}[which] * (1 - kept);
    Clip clip = AudioFiles.read(path, TOLERANT);
    assertThat(clip.durationSeconds()).isEqualTo(seconds, within(1.5));
    assertThat(AudioFiles.probe(path, TOLERANT).durationSeconds()).isEqualTo(seconds, within(1.5));
    if (which > 0) {
      assertThat(clip.samples()).startsWith(alone(link(Encoded.OGG, 4, 22_050, 2)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ogg", "opus", "oga"})
  @DisplayName("the reported chains of 2, 3 and 4 s, one of them FLAC: 9 s")
  void reported(String ending) {
    Path path = Cases.file("audio/chain_2_3_4s." + ending);
    AudioInfo info = AudioFiles.probe(path);
    assertThat(info.durationSeconds()).isEqualTo(9, within(1e-9));
    assertThat(AudioFiles.read(path).durationSeconds()).isEqualTo(9, within(0.001));
    assertThat(info.toString()).endsWith("about 9.00 s");
  }
}
