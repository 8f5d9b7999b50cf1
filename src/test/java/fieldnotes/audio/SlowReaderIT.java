package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file gives does not depend on how busy the machine is. */
class SlowReaderIT {
  @Test
  @DisplayName("a reader that waits five seconds between two blocks gets every sample")
  void waits(@TempDir Path folder) throws Exception {
    float[] sound = DecodeTest.sweep(600_000, 22_050, 9);
    for (Encoded kind : new Encoded[] {Encoded.FLAC, Encoded.MP3}) {
      Path path = kind.write(folder.resolve("x." + kind.extension()), 22_050, sound);
      float[] block = new float[50_000];
      try (AudioReader reader = AudioFiles.open(path, ReadOptions.all())) {
        int first = reader.read(block);
        Thread.sleep(5_000);
        long all = first;
        for (int n = first; n > 0; all += Math.max(0, n)) {
          n = reader.read(block);
        }
        assertThat(all).as(kind.toString()).isEqualTo(sound.length);
      }
    }
  }
}
