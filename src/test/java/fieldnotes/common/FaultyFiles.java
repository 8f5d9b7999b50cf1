package fieldnotes.common;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of this machine, of which one operation fails, or all from one on. Code that is handed
 * a path of {@link #path} does all its work here, and every operation is counted: opening, reading,
 * writing, forcing, closing, moving, deleting, making and listing folders, looking at attributes.
 * Such a path has no {@code toFile()}.
 */
public final class FaultyFiles {
  /** What a failing operation does. */
  public enum Fault {
    FULL("No space left on device", "disk full (no space left on device)"),
    /** Half the bytes are written, then the disk is full. */
    SHORT("No space left on device", "disk full (no space left on device)"),
    BROKEN("Input/output error", "input/output error"),
    DENIED("", "permission denied"),
    READ_ONLY("Read-only file system", "read-only file system");

    private final String system;

    /** How the program says it. */
    public final String words;

    Fault(String system, String words) {
      this.system = system;
      this.words = words;
    }

    /** Whether it comes about where nothing is written. */
    boolean alsoReading() {
      return this == BROKEN || this == DENIED;
    }
  }

  /** An operation; those from OPEN_TO_WRITE on change something. */
  private enum Kind {
    LOOK,
    LIST,
    OPEN_TO_READ,
    READ,
    OPEN_TO_WRITE,
    WRITE,
    FORCE,
    CLOSE,
    LOCK,
    MAKE_FOLDER,
    SET,
    MOVE,
    DELETE;

    boolean writes() {
      return compareTo(OPEN_TO_WRITE) >= 0;
    }
  }

  private final FileSystem real = FileSystems.getDefault();
  private final Machine system = new Machine();
  private final Provider provider = new Provider();
  private final List<String> operations = new ArrayList<>();
  private final List<Kind> kinds = new ArrayList<>();
  private int failing = -1;
  private boolean onwards;
  private Fault fault = Fault.FULL;
  private int failed;

  /** Files of which no operation fails. */
  public FaultyFiles() {}

  /**
   * Files of which the operation of this number fails, from 0, and with {@code onwards} all after.
   */
  public FaultyFiles(int operation, Fault fault, boolean onwards) {
    this.failing = operation;
    this.fault = fault;
    this.onwards = onwards;
  }

  /** A path of this machine, on these files. */
  public Path path(Path path) {
    return new FaultyPath(path);
  }

  /** What was done so far, such as {@code MOVE a.txt}. */
  public synchronized List<String> operations() {
    return List.copyOf(operations);
  }

  /** Whether the operation of this number changes something. */
  public synchronized boolean writes(int operation) {
    return kinds.get(operation).writes();
  }

  /** How many operations failed. */
  public synchronized int failed() {
    return failed;
  }

  private synchronized boolean fails(Kind kind, Path path) {
    int number = operations.size();
    operations.add(kind + " " + path);
    kinds.add(kind);
    boolean hit = failing >= 0 && (onwards ? number >= failing : number == failing);
    if (!hit || (!fault.alsoReading() && !kind.writes())) {
      return false;
    }
    if (onwards && kind == Kind.CLOSE) {
      return false; // what is closed after a failure is closed
    }
    failed++;
    return true;
  }

  private void before(Kind kind, Path path) throws IOException {
    if (fails(kind, path)) {
      throw failure(kind, path);
    }
  }

  /** As the JDK does: a channel's failure names no file. */
  private IOException failure(Kind kind, Path path) {
    boolean ofChannel =
        kind == Kind.READ || kind == Kind.WRITE || kind == Kind.FORCE || kind == Kind.CLOSE;
    if (fault == Fault.DENIED) {
      return ofChannel
          ? new IOException("Permission denied")
          : new AccessDeniedException(path.toString());
    }
    return ofChannel || kind == Kind.LOCK
        ? new IOException(fault.system)
        : new FileSystemException(path.toString(), null, fault.system);
  }

  private static Path bare(Path path) {
    return path instanceof FaultyPath faulty ? faulty.path : path;
  }

  private Path wrap(Path path) {
    return path == null ? null : new FaultyPath(path);
  }

  // ------------------------------------------------------------------------------------ paths

  private final class FaultyPath implements Path {
    private final Path path;

    FaultyPath(Path path) {
      this.path = path;
    }

    @Override
    public FileSystem getFileSystem() {
      return system;
    }

    @Override
    public boolean isAbsolute() {
      return path.isAbsolute();
    }

    @Override
    public Path getRoot() {
      return wrap(path.getRoot());
    }

    @Override
    public Path getFileName() {
      return wrap(path.getFileName());
    }

    @Override
    public Path getParent() {
      return wrap(path.getParent());
    }

    @Override
    public int getNameCount() {
      return path.getNameCount();
    }

    @Override
    public Path getName(int index) {
      return wrap(path.getName(index));
    }

    @Override
    public Path subpath(int from, int to) {
      return wrap(path.subpath(from, to));
    }

    @Override
    public boolean startsWith(Path other) {
      return path.startsWith(bare(other));
    }

    @Override
    public boolean endsWith(Path other) {
      return path.endsWith(bare(other));
    }

    @Override
    public Path normalize() {
      return wrap(path.normalize());
    }

    @Override
    public Path resolve(Path other) {
      return wrap(path.resolve(bare(other)));
    }

    @Override
    public Path relativize(Path other) {
      return wrap(path.relativize(bare(other)));
    }

    @Override
    public URI toUri() {
      return path.toUri();
    }

    @Override
    public Path toAbsolutePath() {
      return wrap(path.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
      before(Kind.LOOK, path);
      return wrap(path.toRealPath(options));
    }

    @Override
    public java.nio.file.WatchKey register(
        WatchService watcher,
        java.nio.file.WatchEvent.Kind<?>[] events,
        java.nio.file.WatchEvent.Modifier... modifiers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Path other) {
      return path.compareTo(bare(other));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof FaultyPath faulty && faulty.path.equals(path);
    }

    @Override
    public int hashCode() {
      return path.hashCode();
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  private final class Machine extends FileSystem {
    @Override
    public FileSystemProvider provider() {
      return provider;
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public String getSeparator() {
      return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      List<Path> roots = new ArrayList<>();
      real.getRootDirectories().forEach(root -> roots.add(wrap(root)));
      return roots;
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      return real.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
      return wrap(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
      PathMatcher matcher = real.getPathMatcher(pattern);
      return path -> matcher.matches(bare(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
      throw new UnsupportedOperationException();
    }
  }

  // ------------------------------------------------------------------------------- operations

  private final class Provider extends FileSystemProvider {
    private final FileSystemProvider real = FaultyFiles.this.real.provider();

    @Override
    public String getScheme() {
      return "faulty";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
      return system;
    }

    @Override
    public Path getPath(URI uri) {
      return wrap(real.getPath(uri));
    }

    @Override
    public SeekableByteChannel newByteChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      return newFileChannel(path, options, attributes);
    }

    @Override
    public FileChannel newFileChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      boolean writing =
          options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
      before(writing ? Kind.OPEN_TO_WRITE : Kind.OPEN_TO_READ, bare(path));
      return new FaultyChannel(
          bare(path), real.newFileChannel(bare(path), options, attributes), writing);
    }

    @Override
    public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
      return Channels.newInputStream(newFileChannel(path, Set.of(StandardOpenOption.READ)));
    }

    @Override
    public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
      Set<OpenOption> all =
          options.length == 0
              ? Set.of(
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE)
              : new java.util.HashSet<>(Set.of(options));
      if (!all.contains(StandardOpenOption.WRITE)) {
        all = new java.util.HashSet<>(all);
        all.add(StandardOpenOption.WRITE);
      }
      return Channels.newOutputStream(newFileChannel(path, all));
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
        Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
      before(Kind.LIST, bare(folder));
      DirectoryStream<Path> stream =
          real.newDirectoryStream(bare(folder), path -> filter.accept(wrap(path)));
      return new DirectoryStream<>() {
        @Override
        public Iterator<Path> iterator() {
          Iterator<Path> all = stream.iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return all.hasNext();
            }

            @Override
            public Path next() {
              return wrap(all.next());
            }
          };
        }

        @Override
        public void close() throws IOException {
          stream.close();
        }
      };
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
      before(Kind.MAKE_FOLDER, bare(folder));
      real.createDirectory(bare(folder), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
      before(Kind.DELETE, bare(path));
      real.delete(bare(path));
    }

    @Override
    public boolean deleteIfExists(Path path) throws IOException {
      before(Kind.DELETE, bare(path));
      return real.deleteIfExists(bare(path));
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
      return wrap(real.readSymbolicLink(bare(link)));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
      before(Kind.MOVE, bare(target));
      real.copy(bare(source), bare(target), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
      before(Kind.MOVE, bare(target));
      real.move(bare(source), bare(target), options);
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
      return real.isSameFile(bare(one), bare(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
      return real.isHidden(bare(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
      return real.getFileStore(bare(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
      before(Kind.LOOK, bare(path));
      real.checkAccess(bare(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(
        Path path, Class<V> type, LinkOption... options) {
      return real.getFileAttributeView(bare(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
        Path path, Class<A> type, LinkOption... options) throws IOException {
      before(Kind.LOOK, bare(path));
      return real.readAttributes(bare(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
        throws IOException {
      before(Kind.LOOK, bare(path));
      return real.readAttributes(bare(path), names, options);
    }

    @Override
    public void setAttribute(Path path, String name, Object value, LinkOption... options)
        throws IOException {
      before(Kind.SET, bare(path));
      real.setAttribute(bare(path), name, value, options);
    }
  }

  private final class FaultyChannel extends FileChannel {
    private final Path path;
    private final FileChannel channel;
    private final boolean writing;

    FaultyChannel(Path path, FileChannel channel, boolean writing) {
      this.path = path;
      this.channel = channel;
      this.writing = writing;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      before(Kind.READ, path);
      return channel.read(to);
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) throws IOException {
      before(Kind.READ, path);
      return channel.read(to, offset, length);
    }

    @Override
    public int read(ByteBuffer to, long position) throws IOException {
      before(Kind.READ, path);
      return channel.read(to, position);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      return written(from, channel::write);
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
      before(Kind.WRITE, path);
      return channel.write(from, offset, length);
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      return written(from, bytes -> channel.write(bytes, position));
    }

    private interface Write {
      int write(ByteBuffer from) throws IOException;
    }

    private int written(ByteBuffer from, Write write) throws IOException {
      if (!fails(Kind.WRITE, path)) {
        return write.write(from);
      }
      if (fault == Fault.SHORT && from.remaining() > 1) {
        ByteBuffer half = from.duplicate();
        half.limit(from.position() + from.remaining() / 2);
        write.write(half);
        from.position(half.position());
      }
      throw failure(Kind.WRITE, path);
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
      channel.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      before(Kind.LOOK, path);
      return channel.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      before(Kind.SET, path);
      channel.truncate(size);
      return this;
    }

    @Override
    public void force(boolean metadata) throws IOException {
      before(Kind.FORCE, path);
      channel.force(metadata);
    }

    @Override
    public long transferTo(long position, long count, java.nio.channels.WritableByteChannel to)
        throws IOException {
      before(Kind.READ, path);
      return channel.transferTo(position, count, to);
    }

    @Override
    public long transferFrom(java.nio.channels.ReadableByteChannel from, long position, long count)
        throws IOException {
      before(Kind.WRITE, path);
      return channel.transferFrom(from, position, count);
    }

    @Override
    public java.nio.MappedByteBuffer map(MapMode mode, long position, long size)
        throws IOException {
      before(Kind.READ, path);
      return channel.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
      before(Kind.LOCK, path);
      return channel.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      before(Kind.LOCK, path);
      return channel.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      channel.close();
      if (writing) {
        before(Kind.CLOSE, path);
      }
    }
  }
}
