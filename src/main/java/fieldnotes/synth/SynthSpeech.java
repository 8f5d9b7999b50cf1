package fieldnotes.synth;

import com.sun.speech.freetts.Voice;
import com.sun.speech.freetts.audio.AudioPlayer;
import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;
import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.sound.sampled.AudioFormat;

/**
 * Synthesizes English speech at 16 kHz with FreeTTS and its voice kevin16. Other speakers are
 * derived from it by pitch, rate and vocal tract length.
 *
 * <p>The same text and speaker give the same samples everywhere. Calls are synchronized, as FreeTTS
 * cannot load its lexicon from two threads at once.
 */
final class SynthSpeech {
  /** The sample rate of all speech, in Hz. */
  public static final int SAMPLE_RATE_HZ = 16_000;

  /**
   * A speaker.
   *
   * @param pitchHz mean pitch, 50…400
   * @param pitchRangeHz variation of the pitch around the mean, 0…100
   * @param wordsPerMinute 80…300
   * @param tract formant frequencies relative to kevin16, 0.75…1.35; above 1 is a shorter vocal
   *     tract, like a child's
   */
  public record Speaker(double pitchHz, double pitchRangeHz, double wordsPerMinute, double tract) {
    public Speaker {
      Check.within("pitchHz", pitchHz, 50, 400);
      Check.within("pitchRangeHz", pitchRangeHz, 0, 100);
      Check.within("wordsPerMinute", wordsPerMinute, 80, 300);
      Check.within("tract", tract, 0.75, 1.35);
    }

    /** The voice kevin16 at this pitch and rate. */
    public static Speaker of(double pitchHz, double wordsPerMinute) {
      return new Speaker(pitchHz, 11, wordsPerMinute, 1);
    }

    /** Returns a copy with a longer (below 1) or shorter (above 1) vocal tract. */
    public Speaker withTract(double newTract) {
      return new Speaker(pitchHz, pitchRangeHz, wordsPerMinute, newTract);
    }

    /** Returns a copy with this pitch range; higher is livelier. */
    public Speaker withPitchRangeHz(double newRange) {
      return new Speaker(pitchHz, newRange, wordsPerMinute, tract);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "a voice at %.0f Hz, %.0f words a minute, tract %.2f",
          pitchHz,
          wordsPerMinute,
          tract);
    }
  }

  private static Voice voice;
  private static List<String> sentences;

  private SynthSpeech() {}

  /** The sentences spoken by the studio's speakers, in lower case, about 160. */
  public static synchronized List<String> sentences() {
    if (sentences == null) {
      try (InputStream in = SynthSpeech.class.getResourceAsStream("sentences.txt")) {
        sentences = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return sentences;
  }

  /**
   * Speaks a text. Letters are lowercased first, since FreeTTS reads capitals differently under a
   * Turkish locale.
   *
   * @param text English, one sentence or a few
   * @return mono, 16 kHz, named by the text; level as FreeTTS produces it, peaks below 1
   */
  public static Clip say(String text, Speaker speaker) {
    Check.that(!text.isBlank(), "text is empty: there is nothing to say");
    Recorder recorder = new Recorder();
    synchronized (SynthSpeech.class) {
      Voice kevin = kevin16();
      kevin.setPitch((float) (speaker.pitchHz() / speaker.tract()));
      kevin.setPitchRange((float) (speaker.pitchRangeHz() / speaker.tract()));
      kevin.setRate((float) (speaker.wordsPerMinute() / speaker.tract()));
      kevin.setAudioPlayer(recorder);
      kevin.speak(text.toLowerCase(Locale.ROOT));
    }
    float[] samples = recorder.samples();
    if (speaker.tract() != 1) {
      samples = Dsp.faster(samples, speaker.tract());
    }
    return Clip.of(text, samples, SAMPLE_RATE_HZ);
  }

  private static Voice kevin16() {
    if (voice == null) {
      for (Voice one : new KevinVoiceDirectory().getVoices()) {
        if (one.getName().equals("kevin16")) {
          one.allocate();
          voice = one;
        }
      }
    }
    return voice;
  }

  /** Collects the samples FreeTTS would play. */
  private static final class Recorder implements AudioPlayer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private AudioFormat format;

    /** The samples so far; FreeTTS writes 16-bit big-endian. */
    float[] samples() {
      byte[] b = bytes.toByteArray();
      float[] x = new float[b.length / 2];
      for (int i = 0; i < x.length; i++) {
        x[i] = (short) ((b[2 * i] << 8) | (b[2 * i + 1] & 0xff)) / 32768f;
      }
      return x;
    }

    @Override
    public boolean write(byte[] audio, int offset, int size) {
      bytes.write(audio, offset, size);
      return true;
    }

    @Override
    public boolean write(byte[] audio) {
      return write(audio, 0, audio.length);
    }

    @Override
    public void setAudioFormat(AudioFormat newFormat) {
      format = newFormat;
    }

    @Override
    public AudioFormat getAudioFormat() {
      return format;
    }

    @Override
    public boolean drain() {
      return true;
    }

    @Override
    public boolean end() {
      return true;
    }

    @Override
    public void begin(int size) {}

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void reset() {}

    @Override
    public void cancel() {}

    @Override
    public void close() {}

    @Override
    public float getVolume() {
      return 1;
    }

    @Override
    public void setVolume(float volume) {}

    @Override
    public long getTime() {
      return 0;
    }

    @Override
    public void resetTime() {}

    @Override
    public void startFirstSampleTimer() {}

    @Override
    public void showMetrics() {}
  }
}
