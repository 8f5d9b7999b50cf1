package fieldnotes.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.tools.JavaFileObject;

/** A class that the compiler can read, in a jar or in the JDK. */
final class IndexedClass implements JavaFileObject {
  /** Opens the class file. */
  interface Source {
    InputStream open() throws IOException;
  }

  private final String binaryName;
  private final String container;
  private final Source source;

  IndexedClass(String binaryName, String container, Source source) {
    this.binaryName = binaryName;
    this.container = container;
    this.source = source;
  }

  String binaryName() {
    return binaryName;
  }

  boolean isInJar() {
    return container.startsWith("jar:");
  }

  private String path() {
    return binaryName.replace('.', '/') + ".class";
  }

  @Override
  public Kind getKind() {
    return Kind.CLASS;
  }

  @Override
  public URI toUri() {
    return URI.create(container + "/" + path().replace("$", "%24"));
  }

  @Override
  public String getName() {
    return container + "/" + path();
  }

  @Override
  public boolean isNameCompatible(String simpleName, Kind kind) {
    return kind == Kind.CLASS
        && binaryName.substring(binaryName.lastIndexOf('.') + 1).equals(simpleName);
  }

  @Override
  public InputStream openInputStream() throws IOException {
    return source.open();
  }

  /** Unknown; the compiler asks only if a source file exists next to the class. */
  @Override
  public long getLastModified() {
    return 0;
  }

  @Override
  public NestingKind getNestingKind() {
    return null;
  }

  @Override
  public Modifier getAccessLevel() {
    return null;
  }

  @Override
  public OutputStream openOutputStream() {
    throw onlyBytes();
  }

  @Override
  public Reader openReader(boolean ignoreEncodingErrors) {
    throw onlyBytes();
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    throw onlyBytes();
  }

  @Override
  public Writer openWriter() {
    throw onlyBytes();
  }

  @Override
  public boolean delete() {
    return false;
  }

  private UnsupportedOperationException onlyBytes() {
    return new UnsupportedOperationException(
        getName() + " is a class file: it can only be read as bytes");
  }

  @Override
  public String toString() {
    return getName();
  }
}
