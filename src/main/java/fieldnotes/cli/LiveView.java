package fieldnotes.cli;

import fieldnotes.common.Quoted;
import fieldnotes.detect.SoundEvent;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;

/**
 * What is heard, on a terminal: the level, the sound that goes on, the last events and the last
 * message. Every line is placed by its number and cut by the terminal, so a change of its size
 * spoils nothing.
 */
final class LiveView {
  private static final int EVENTS = 12;
  private static final int METER = 40;
  private static final double LOWEST_DB = -60;
  private static final long BETWEEN_NANOS = 100_000_000;

  private static final String HIDE = "\u001b[?1049h\u001b[?25l\u001b[?7l";
  private static final String SHOW = "\u001b[?7h\u001b[?25h\u001b[?1049l";

  private final PrintStream out;
  private final boolean colour;
  private final String title;
  private final ArrayDeque<String> events = new ArrayDeque<>();
  private String message = "";
  private String source = "";
  private double sum;
  private double peak;
  private long count;
  private long drawn;
  private int heard;
  private boolean begun;

  /**
   * @param out the terminal, unquoted
   * @param title of the first line
   */
  LiveView(PrintStream out, boolean colour, String title) {
    this.out = out;
    this.colour = colour;
    this.title = Quoted.line(title);
  }

  /** Takes the terminal over. */
  synchronized void begin() {
    begun = true;
    out.print(HIDE);
    draw(0, Optional.empty());
  }

  /** Gives the terminal back, with the last events and the last message on it. */
  synchronized void end() {
    if (begun) {
      begun = false;
      out.print(SHOW);
      events.descendingIterator().forEachRemaining(out::println);
      if (!message.isEmpty()) {
        out.println(message);
      }
      out.flush();
    }
  }

  synchronized void part(String name) {
    source = Quoted.line(name);
  }

  synchronized void message(String text) {
    message = Quoted.line(text);
    drawn = 0;
  }

  synchronized void event(SoundEvent event) {
    heard++;
    events.addFirst(line(event));
    if (events.size() > EVENTS) {
      events.removeLast();
    }
    drawn = 0;
  }

  /** Takes samples, and draws if the last time is long enough ago. */
  synchronized void samples(float[] block, int n, double seconds, Optional<SoundEvent> open) {
    for (int i = 0; i < n; i++) {
      sum += (double) block[i] * block[i];
      peak = Math.max(peak, Math.abs(block[i]));
    }
    count += n;
    if (begun && System.nanoTime() - drawn > BETWEEN_NANOS) {
      draw(seconds, open);
    }
  }

  private void draw(double seconds, Optional<SoundEvent> open) {
    StringBuilder screen = new StringBuilder();
    put(screen, 1, strong(title));
    put(screen, 2, source);
    put(screen, 3, String.format(Locale.ROOT, "%s  %d heard", clock(seconds), heard));
    put(screen, 4, "level  " + meter(count == 0 ? 0 : Math.sqrt(sum / count), peak));
    put(screen, 5, "now    " + open.map(e -> strong(line(e))).orElse("–"));
    put(screen, 6, "");
    int row = 7;
    for (String event : events) {
      put(screen, row++, "       " + event);
    }
    for (; row < 7 + EVENTS; row++) {
      put(screen, row, "");
    }
    put(screen, row, message);
    out.print(screen.append("\u001b[J"));
    out.flush();
    sum = 0;
    peak = 0;
    count = 0;
    drawn = System.nanoTime();
  }

  private static void put(StringBuilder screen, int row, String line) {
    screen.append("\u001b[").append(row).append(";1H").append(line).append("\u001b[K");
  }

  private String strong(String text) {
    return colour ? "\u001b[1;36m" + text + "\u001b[0m" : text;
  }

  private static String line(SoundEvent event) {
    return String.format(
        Locale.ROOT,
        "%s  %6.2f s  %3.0f %%  %s",
        clock(event.startSeconds()),
        event.durationSeconds(),
        100 * event.confidence(),
        Quoted.line(event.label()));
  }

  /** Hours, minutes and seconds. */
  static String clock(double seconds) {
    long tenths = (long) Math.floor(10 * seconds);
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d.%d",
        tenths / 36_000,
        tenths / 600 % 60,
        tenths / 10 % 60,
        tenths % 10);
  }

  /** A bar for the root mean square, a mark for the peak, and the former in dB of full scale. */
  static String meter(double rms, double peak) {
    double db = rms > 0 ? 20 * Math.log10(rms) : Double.NEGATIVE_INFINITY;
    int bar = place(rms);
    int mark = Math.min(METER - 1, place(peak));
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < METER; i++) {
      text.append(i < bar ? '#' : i == mark && peak > 0 ? '|' : ' ');
    }
    text.append("] ");
    return text.append(db < -99 ? "silence" : String.format(Locale.ROOT, "%.0f dB", db)).toString();
  }

  private static int place(double level) {
    double db = level > 0 ? 20 * Math.log10(level) : LOWEST_DB;
    return Math.clamp(Math.round(METER * (1 - db / LOWEST_DB)), 0, METER);
  }
}
