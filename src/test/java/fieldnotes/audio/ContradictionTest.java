package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WAVE headers whose fields contradict each other: the right samples, or the contradiction. */
class ContradictionTest {
  private static final int FRAMES = 1000;

  @TempDir Path folder;

  /** Positions of fields in a file with a plain header. */
  private static final int BYTE_RATE = 28;

  private Path file(RawWav wav, long byteRate) throws IOException {
    byte[] bytes = wav.bytes();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(BYTE_RATE, (int) byteRate);
    return Files.write(folder.resolve("x.wav"), bytes);
  }

  private static RawWav wav(int bits, float[]... channels) {
    return new RawWav(RawWav.INTEGER, bits, 8000, channels);
  }

  private static float[] ramp() {
    float[] x = new float[FRAMES];
    for (int i = 0; i < FRAMES; i++) {
      x[i] = (i - 500) / 1024f;
    }
    return x;
  }

  @ParameterizedTest
  @CsvSource({"4, 16000", "1, 16000", "0, 16000", "65535, 16000", "2, 0", "2, 32000", "2, 1"})
  @DisplayName("a wrong block or byte rate alone is outvoted: 16 bits, every sample")
  void outvoted(int align, long byteRate) throws IOException {
    RawWav wav = wav(16, ramp());
    wav.align = align;
    Path path = file(wav, byteRate);
    assertThat(AudioFiles.read(path).samples()).containsExactly(ramp());
    assertThat(AudioFiles.probe(path).codec()).isEqualTo("pcm_s16le");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 16, 4, 32000, 1 channel of 16 bits make 2 bytes per frame; block is 4 bytes; byte rate 32000",
    "1, 16, 4, 7, 1 channel of 16 bits make 2 bytes per frame; block is 4 bytes; byte rate 7",
    "2, 16, 2, 16000, 2 channels of 16 bits make 4 bytes per frame; its block is 2 bytes; 16000",
    "1, 32, 2, 16000, 1 channel of 32 bits make 4 bytes per frame; its block is 2 bytes; 16000",
    "1, 16, 1, 8000, 1 channel of 16 bits make 2 bytes per frame; its block is 1 byte; 8000",
    "1, 200, 2, 16000, integer samples of 200 bits; itself; header",
  })
  @DisplayName("where no two fields decide it, the error names them all")
  void undecided(int channels, int bits, int align, long byteRate, String said) throws IOException {
    RawWav wav = wav(16, ramp());
    wav.channels = channels;
    wav.bits = bits;
    wav.align = align;
    Path path = file(wav, byteRate);
    assertThatThrownBy(() -> AudioFiles.read(path))
        .isInstanceOf(AudioException.class)
        .hasMessageStartingWith(path + ": its header contradicts itself: ")
        .hasMessageContainingAll(said.split("; "));
  }

  @Test
  @DisplayName("tolerated, channels and bits count")
  void tolerated() throws IOException {
    RawWav wav = wav(16, ramp());
    wav.align = 4;
    Clip clip = AudioFiles.read(file(wav, 7), ReadOptions.all().withTolerateDamage(true));
    assertThat(clip.samples()).containsExactly(ramp());
  }

  @Test
  @DisplayName("24 bits in four bytes, 20 in three, 12 in two are usual")
  void wider() throws IOException {
    RawWav wide = wav(32, ramp());
    wide.bits = 24;
    assertThat(AudioFiles.read(file(wide, 32_000)).samples()).containsExactly(ramp());
    RawWav twenty = wav(24, ramp());
    twenty.bits = 20;
    assertThat(AudioFiles.read(file(twenty, 24_000)).samples()).containsExactly(ramp());
    RawWav twelve = wav(16, ramp());
    twelve.bits = 12;
    assertThat(AudioFiles.read(file(twelve, 16_000)).samples()).containsExactly(ramp());
  }

  @ParameterizedTest
  @CsvSource({
    "3, 16, floating-point samples of 16 bits",
    "2, 16, ADPCM samples of 16 bits",
    "6, 16, A-law samples of 16 bits",
    "7, 16, mu-law samples of 16 bits",
    "17, 16, ADPCM samples of 16 bits"
  })
  @DisplayName("a format tag that cannot have these bits is named")
  void tags(int codec, int bits, String said) throws IOException {
    RawWav wav = wav(16, ramp());
    wav.codec = codec;
    wav.bits = bits;
    Path path = file(wav, 16_000);
    assertThatThrownBy(() -> AudioFiles.read(path))
        .isInstanceOf(AudioException.class)
        .hasMessageContaining("its header contradicts itself: " + said);
  }

  @ParameterizedTest
  @CsvSource({"0", "12", "16", "40000"})
  @DisplayName("the valid bits of an extensible header move no sample")
  void extensible(int valid) throws IOException {
    RawWav wav = wav(16, ramp());
    wav.codec = RawWav.EXTENSIBLE;
    byte[] bytes = wav.bytes();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(38, (short) valid);
    Path path = Files.write(folder.resolve("e.wav"), bytes);
    assertThat(AudioFiles.read(path).samples()).containsExactly(ramp());
  }

  @Test
  @DisplayName("the reported file: all 3 s of it, as 16 bits")
  void reported() {
    Clip clip = AudioFiles.read(Cases.file("audio/blockalign_bytes_wrong.wav"));
    assertThat(clip.length()).isEqualTo(132_300);
    assertThat(clip.sampleRateHz()).isEqualTo(44_100);
    assertThat(clip.samples()).startsWith(0, 821 / 32768f, 1639 / 32768f);
  }
}
