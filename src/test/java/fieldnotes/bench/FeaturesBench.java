package fieldnotes.bench;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.ReadOptions;
import fieldnotes.audio.SoundFiles;
import fieldnotes.feature.FeatureExtractor;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.Features;
import fieldnotes.feature.FrameOptions;
import fieldnotes.feature.Hpss;
import fieldnotes.feature.Measure;
import fieldnotes.synth.Studio;
import fieldnotes.synth.StudioOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The Java side of bench/features.py. It answers each line {@code WORK REPEATS FILE…} with the
 * milliseconds that the work took for one file, the median over the repeats.
 */
public final class FeaturesBench {
  /** The journal's set without the harmonics-to-noise ratio, which librosa has not. */
  static final FeatureSet JOURNAL_37 =
      FeatureSet.of(
          "JOURNAL_37",
          Measure.mfcc(13),
          Measure.zcr(),
          Measure.contrast(),
          Measure.chroma(),
          Measure.rms(),
          Measure.rolloff(),
          Measure.bandwidth(),
          Measure.centroid());

  private static double sink;

  private FeaturesBench() {}

  /**
   * Without arguments it takes work from standard input; {@code make FOLDER} generates sound there;
   * {@code first FILE} measures one file and ends.
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 0 && arguments[0].equals("make")) {
      Path studio =
          Studio.make(
              arguments[1],
              StudioOptions.of(11).withEpisodes(3).withTracks(3).withTrackSeconds(20));
      SoundFiles.folder(studio).items().forEach(item -> System.out.println(item.path()));
      return;
    }
    if (arguments.length > 0 && arguments[0].equals("first")) {
      Clip clip = AudioFiles.read(Path.of(arguments[1]), ReadOptions.of(22_050));
      System.out.println(Arrays.toString(FeatureExtractor.of(JOURNAL_37).summary(clip)));
      return;
    }
    FeatureExtractor extractor = FeatureExtractor.of(JOURNAL_37);
    FeatureExtractor everything = FeatureExtractor.of(FeatureSet.EVERYTHING);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      List<String> words = List.of(line.split("\t"));
      int repeats = Integer.parseInt(words.get(1));
      List<Path> files = words.subList(2, words.size()).stream().map(Path::of).toList();
      System.out.println(
          switch (words.get(0)) {
            case "journal" -> clips(files, repeats, c -> sink += extractor.summary(c)[0]);
            case "everything" -> clips(files, repeats, c -> sink += everything.summary(c)[0]);
            case "hpss" ->
                clips(files, repeats, c -> sink += Hpss.separate(c).harmonic().samples()[9]);
            case "yin" ->
                clips(
                    files, repeats, c -> sink += Features.f0Hz(c, 65, 2093, FrameOptions.of())[9]);
            case "read" ->
                median(
                    repeats,
                    files.size(),
                    i ->
                        sink +=
                            extractor
                                .summary(AudioFiles.read(files.get(i), ReadOptions.of(22_050)))[0]);
            case "decode" ->
                median(
                    repeats,
                    files.size(),
                    i -> sink += AudioFiles.read(files.get(i), ReadOptions.all()).samples()[9]);
            case "bare" -> median(repeats, files.size(), i -> sink += BareDecode.run(files.get(i)));
            default -> throw new IllegalArgumentException(line);
          });
      System.out.flush();
    }
    if (Double.isNaN(sink)) {
      System.err.println("a feature is not a number");
    }
  }

  private static String clips(List<Path> files, int repeats, Consumer<Clip> work) {
    List<Clip> clips = new ArrayList<>();
    for (Path file : files) {
      clips.add(AudioFiles.read(file, ReadOptions.of(22_050)));
    }
    return median(repeats, clips.size(), i -> work.accept(clips.get(i)));
  }

  private static String median(int repeats, int n, IntConsumer work) {
    double[] milliseconds = new double[repeats];
    for (int r = 0; r < repeats; r++) {
      long begun = System.nanoTime();
      for (int i = 0; i < n; i++) {
        work.accept(i);
      }
      milliseconds[r] = (System.nanoTime() - begun) / 1e6 / n;
    }
    Arrays.sort(milliseconds);
    return String.format(Locale.ROOT, "%.5f", milliseconds[repeats / 2]);
  }
}
