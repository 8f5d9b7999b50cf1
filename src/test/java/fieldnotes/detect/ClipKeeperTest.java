package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.AudioFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipKeeperTest {
  private static final int RATE = 1000;

  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();

  /** Sample i is i / 2^15, so that a clip tells where it is from. */
  private static float[] ramp(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (i % 30_000) * 0x1p-15f;
    }
    return x;
  }

  private ClipKeeper keeper(Path to, long limit, int samples) throws IOException {
    ClipKeeper keeper = new ClipKeeper(to, limit, RATE, log::add);
    keeper.begins();
    keeper.take(ramp(samples), samples);
    return keeper;
  }

  private static SoundEvent event(double from, double to) {
    return new SoundEvent(from, to, "dog", 1);
  }

  @Test
  @DisplayName("a clip is the event with a quarter of a second around it")
  void clip() throws IOException {
    ClipKeeper keeper = keeper(folder.resolve("new/kept"), 1 << 20, 5000);
    Path file = keeper.keep("a/b: dog", event(1, 2)).orElseThrow();
    assertThat(file).isEqualTo(folder.resolve("new/kept/a-b-dog.wav"));
    assertThat(AudioFiles.read(file).samples())
        .isEqualTo(Arrays.copyOfRange(ramp(5000), 750, 2250));
    assertThat(keeper.keep("a/b: dog", event(4, 5)).orElseThrow())
        .isEqualTo(folder.resolve("new/kept/a-b-dog-2.wav"));
    assertThat(AudioFiles.read(folder.resolve("new/kept/a-b-dog-2.wav")).length()).isEqualTo(1250);
  }

  @Test
  @DisplayName("of a long sound the last minute is kept, of one that is gone nothing")
  void longSound() throws IOException {
    ClipKeeper keeper = keeper(folder, 1 << 20, 200_000);
    Path file = keeper.keep("x", event(1, 199)).orElseThrow();
    assertThat(AudioFiles.read(file).samples())
        .isEqualTo(Arrays.copyOfRange(ramp(200_000), 139_250, 199_250));
    assertThat(log).isEmpty();
    assertThat(keeper.keep("y", event(1, 2))).isEmpty();
    assertThat(log)
        .containsExactly(
            folder
                + ": a sound was told so late that the beginning of its clip is missing, as only"
                + " the last 150 s are in memory");
    keeper.begins();
    assertThat(keeper.keep("z", event(0, 1))).isEmpty();
  }

  @Test
  @DisplayName("the oldest clips make room, other files never")
  void limit() throws IOException {
    Path other = folder.resolve("mine.wav");
    Files.write(other, new byte[1000]);
    ClipKeeper keeper = keeper(folder, 8000, 50_000); // a clip of 1.5 s is 3044 bytes
    Path a = keeper.keep("a", event(1, 2)).orElseThrow();
    Path b = keeper.keep("b", event(3, 4)).orElseThrow();
    Path c = keeper.keep("c", event(5, 6)).orElseThrow();
    assertThat(a).doesNotExist();
    assertThat(b).exists();
    assertThat(c).exists();
    assertThat(keeper.keep("d", event(10, 20))).isEmpty();
    assertThat(keeper.keep("e", event(10, 20))).isEmpty();
    assertThat(other).exists();
    assertThat(log).hasSize(1);
    assertThatThrownBy(() -> new ClipKeeper(folder, 0, RATE, log::add))
        .hasMessage("limitBytes=0: must be above 0");
  }

  @Test
  @DisplayName("a sound that is told a minute after its end, as with --join 60, is kept whole")
  void toldLate() throws IOException {
    ClipKeeper keeper = keeper(folder, 1 << 20, 130_000);
    Path file = keeper.keep("x", event(10, 60)).orElseThrow();
    assertThat(AudioFiles.read(file).samples())
        .isEqualTo(Arrays.copyOfRange(ramp(130_000), 9_750, 60_250));
    assertThat(log).isEmpty();
    assertThat(AudioFiles.read(keeper(folder, 1 << 20, 200_000).keep("y", event(49, 60)).get()))
        .satisfies(clip -> assertThat(clip.length()).isEqualTo(10_250));
    assertThat(log).hasSize(1);
  }

  @Test
  @DisplayName("clips that somebody takes away make room, be they of now or of an earlier time")
  void takenAway() throws IOException {
    Path earlier = folder.resolve("earlier.wav");
    Files.write(earlier, new byte[4000]);
    ClipKeeper keeper = keeper(folder, 8100, 50_000); // a clip of 1.5 s is 3044 bytes
    for (int i = 0; i < 5; i++) {
      Files.delete(keeper.keep("a" + i, event(1, 2)).orElseThrow());
    }
    Path a = keeper.keep("a", event(1, 2)).orElseThrow();
    assertThat(keeper.keep("long", event(1, 3))).as("5044 bytes would be too many").isEmpty();
    assertThat(a).doesNotExist();
    assertThat(log).hasSize(1);
    Files.delete(earlier);
    Path b = keeper.keep("b", event(1, 3)).orElseThrow();
    Path c = keeper.keep("c", event(1, 2)).orElseThrow();
    assertThat(b).exists();
    assertThat(c).exists();
    assertThat(keeper.keep("d", event(1, 2))).isPresent();
    assertThat(b).doesNotExist();
  }
}
