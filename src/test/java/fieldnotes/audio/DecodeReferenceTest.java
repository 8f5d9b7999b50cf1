package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What {@code librosa.load(path, sr=None)} gives; {@code decode.json} of the reference. */
class DecodeReferenceTest {
  static Stream<Arguments> files() throws Exception {
    List<Arguments> out = new ArrayList<>();
    for (JsonNode one : Reference.json("decode.json").get("cases")) {
      for (String kind : one.get("files").propertyNames()) {
        out.add(Arguments.of(one.get("id").asString() + "." + kind, one.get("files").get(kind)));
      }
    }
    return out.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  @DisplayName("the samples are librosa's")
  void agreesWithLibrosa(String name, JsonNode expected) {
    Clip clip = AudioFiles.read(Reference.file("decode/" + name));
    double tolerance = name.endsWith("flac") ? 1e-9 : name.endsWith("ogg") ? 1.6e-5 : 5e-6;
    assertThat(clip.length()).isEqualTo(expected.get("n_frames").asInt());
    assertThat(clip.sampleRateHz()).isEqualTo(expected.get("sr").asInt());
    same(clip, 0, expected.get("first10"), tolerance);
    JsonNode middle = expected.get("mid10");
    same(clip, middle.get("start").asInt(), middle.get("values"), tolerance);
    same(clip, clip.length() - 10, expected.get("last10"), tolerance);
    double rms = expected.get("rms").asDouble();
    assertThat(clip.rms()).isCloseTo(rms, within(1e-5 * rms));
    assertThat(clip.peak()).isCloseTo(expected.get("max_abs").asDouble(), within(tolerance));
    double mean = 0;
    for (float x : clip.samples()) {
      mean += x;
    }
    assertThat(mean / clip.length()).isCloseTo(expected.get("mean").asDouble(), within(tolerance));
  }

  private static void same(Clip clip, int at, JsonNode values, double tolerance) {
    for (int i = 0; i < values.size(); i++) {
      assertThat(clip.samples()[at + i])
          .as("sample %d", at + i)
          .isCloseTo((float) values.get(i).asDouble(), within((float) tolerance));
    }
  }
}
