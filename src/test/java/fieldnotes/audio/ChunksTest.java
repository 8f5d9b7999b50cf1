package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunksTest {
  @TempDir Path folder;

  private static Clip ramp(int n, int rate) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = i / 32768f;
    }
    return Clip.of("ramp", x, rate);
  }

  @Test
  @DisplayName("25 s in chunks of 10: 15 to 25, 5 to 15, and 0 to 5 if the remainder is kept")
  void handWorked() {
    Clip clip = ramp(2500, 100);
    List<Clip> chunks = Chunks.fromEnd(clip, 10);
    assertThat(chunks).extracting(Clip::startSeconds).containsExactly(15.0, 5.0);
    assertThat(chunks).extracting(Clip::durationSeconds).containsExactly(10.0, 10.0);
    assertThat(chunks.getFirst().samples()[999]).isEqualTo(2499 / 32768f);
    chunks = Chunks.fromEnd(clip, ChunkOptions.of(10).withRemainder(true));
    assertThat(chunks).extracting(Clip::startSeconds).containsExactly(15.0, 5.0, 0.0);
    assertThat(chunks.getLast().durationSeconds()).isEqualTo(5);
    chunks = Chunks.fromStart(clip, 10);
    assertThat(chunks).extracting(Clip::startSeconds).containsExactly(0.0, 10.0);
  }

  @Test
  @DisplayName("what is shorter than a chunk is one; nothing gives none")
  void shortOnes() {
    assertThat(Chunks.fromEnd(ramp(7, 100), 10)).singleElement().matches(c -> c.length() == 7);
    assertThat(Chunks.fromStart(ramp(7, 100), 10)).singleElement().matches(c -> c.length() == 7);
    assertThat(Chunks.fromEnd(ramp(0, 100), 10)).isEmpty();
    assertThatThrownBy(() -> Chunks.fromEnd(ramp(7, 100), 0))
        .hasMessage("seconds=0.0: must be a finite number above 0");
  }

  @Property(tries = 300)
  void everySampleIsInOneChunkAndAllFullOnesAreEquallyLong(
      @ForAll @IntRange(min = 1, max = 3000) int n,
      @ForAll @IntRange(min = 1, max = 1500) int size) {
    Clip clip = ramp(n, 1000);
    List<Clip> chunks = Chunks.fromEnd(clip, ChunkOptions.of(size / 1000.0).withRemainder(true));
    int end = n;
    for (Clip chunk : chunks) {
      int start = end - chunk.length();
      assertThat(chunk.startSeconds()).isEqualTo(start / 1000.0);
      for (int i = 0; i < chunk.length(); i++) {
        assertThat(chunk.samples()[i] == clip.samples()[start + i]).isTrue();
      }
      assertThat(chunk.length()).isEqualTo(Math.min(size, end));
      end = start;
    }
    assertThat(end).isZero();
    assertThat(Chunks.fromEnd(clip, size / 1000.0)).hasSize(Math.max(1, n / size));
  }

  private static void same(Clip a, Clip b) {
    assertThat(a.startSeconds()).isEqualTo(b.startSeconds());
    assertThat(a.sampleRateHz()).isEqualTo(b.sampleRateHz());
    assertThat(a.samples()).isEqualTo(b.samples());
  }

  @Test
  @DisplayName("a file cut while it is read gives what the whole clip gives, at any rate")
  void filesAsClips() {
    float[] x = ramp(30_500, 22_050).samples();
    AudioFiles.writeWav(Clip.of("x", x, 22_050), folder.resolve("x.wav"));
    Encoded.MP3.write(folder.resolve("x.mp3"), 22_050, x);
    Encoded.FLAC.write(folder.resolve("x.flac"), 22_050, x);
    Encoded.OGG.write(folder.resolve("x.ogg"), 22_050, x, x);
    Encoded.AAC.write(folder.resolve("x.aac"), 22_050, x);
    for (String name : List.of("x.wav", "x.mp3", "x.flac", "x.ogg", "x.aac")) {
      for (int rate : new int[] {0, 16_000}) {
        for (boolean keep : new boolean[] {false, true}) {
          ReadOptions reading = ReadOptions.of(rate);
          ChunkOptions options = ChunkOptions.of(0.3).withRemainder(keep);
          Clip whole = AudioFiles.read(folder.resolve(name), reading);
          List<Clip> wanted = Chunks.fromEnd(whole, options);
          List<Clip> got = new ArrayList<>();
          List<Integer> order = new ArrayList<>();
          int count =
              Chunks.fromEnd(
                  folder.resolve(name),
                  reading,
                  options,
                  (index, chunk) -> {
                    order.addFirst(index);
                    got.addFirst(chunk);
                  });
          assertThat(count).isEqualTo(wanted.size());
          for (int i = 0; i < count; i++) {
            assertThat(order.get(i)).isEqualTo(i);
            same(got.get(i), wanted.get(i));
          }
          List<Clip> onward = new ArrayList<>();
          Chunks.fromStart(
              folder.resolve(name), reading, options, (index, chunk) -> onward.add(chunk));
          List<Clip> fromStart = Chunks.fromStart(whole, options);
          assertThat(onward).hasSameSizeAs(fromStart);
          for (int i = 0; i < onward.size(); i++) {
            same(onward.get(i), fromStart.get(i));
          }
        }
      }
    }
  }
}
