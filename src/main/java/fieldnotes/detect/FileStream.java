package fieldnotes.detect;

import fieldnotes.audio.AudioException;
import fieldnotes.audio.SoundFiles;
import fieldnotes.common.Check;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;

/** Files, one after the other. */
final class FileStream implements SoundStream {
  private final Iterator<SoundFiles.Item> items;
  private final int rateHz;
  private final Consumer<String> log;
  private FilePart part;
  private boolean closed;
  private boolean begun;

  FileStream(SoundFiles files, int rateHz, Consumer<String> log) {
    Check.that(!files.items().isEmpty(), "%s: contains no sound file to listen to", files.name());
    files.failures().forEach(failure -> log.accept(failure.toString()));
    items = files.items().iterator();
    this.rateHz = rateHz;
    this.log = log;
  }

  @Override
  public synchronized Optional<Part> next() throws IOException {
    end();
    while (!closed && items.hasNext()) {
      SoundFiles.Item item = items.next();
      try {
        part = new FilePart(item.path(), 0, Double.POSITIVE_INFINITY, rateHz, log);
        begun = true;
        return Optional.of(new Part(item.path().toString(), 0));
      } catch (AudioException e) {
        log.accept(e.getMessage());
      }
    }
    if (!begun && !closed) {
      begun = true;
      throw new IOException("nothing to listen to: none of the files could be read");
    }
    return Optional.empty();
  }

  @Override
  public int read(float[] block) {
    FilePart open = part();
    return open == null ? -1 : open.read(block);
  }

  private synchronized FilePart part() {
    return part;
  }

  @Override
  public boolean live() {
    return false;
  }

  @Override
  public synchronized void close() {
    closed = true;
    end();
  }

  private void end() {
    if (part != null) {
      part.close();
      part = null;
    }
  }
}
