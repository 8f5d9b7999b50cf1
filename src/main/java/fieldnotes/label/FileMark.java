package fieldnotes.label;

import fieldnotes.common.HashedRead;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What tells a sound file apart from others, whatever its name: its size and the SHA-256 of its
 * content; and when it was changed, as long as which it need not be read again.
 */
record FileMark(String sha256, long bytes, long modifiedNanos) {
  static FileMark of(Path file) throws IOException {
    HashedRead<HashedRead.Stat> read = HashedRead.of(file, hash -> HashedRead.Stat.of(file));
    return new FileMark(read.sha256(), read.value().bytes(), read.value().modifiedNanos());
  }
}
