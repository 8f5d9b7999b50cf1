package fieldnotes.kernel;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;

/**
 * Loads the classes of cells, with the kernel's class path and the entries that magics add to it.
 */
final class CellLoader implements LoaderDelegate {
  private final Classes loader = new Classes(CellLoader.class.getClassLoader());
  private final Map<String, Class<?>> loaded = new ConcurrentHashMap<>();

  ClassLoader classLoader() {
    return loader;
  }

  InputStream bytes(String resource) {
    return loader.getResourceAsStream(resource);
  }

  /** Registers classes before they are loaded. */
  void declare(ClassBytecodes[] classes) {
    for (ClassBytecodes one : classes) {
      loader.declare(one.name(), one.bytecodes());
    }
  }

  /** Registers the bytes of one class, to be defined on first use. */
  void declare(String name, byte[] bytes) {
    loader.declare(name, bytes);
  }

  /** Releases the bytes of a class that no code to be compiled can use; it stays loaded. */
  void forget(String name) {
    loader.declared.remove(resource(name));
    loaded.remove(name);
  }

  /** Sets a static field to null, zero or false; returns whether it had a value. */
  boolean empty(String className, String field) {
    try {
      Field found = loader.loadClass(className).getField(field);
      Object nothing = Array.get(Array.newInstance(found.getType(), 1), 0);
      boolean held = !Objects.equals(found.get(null), nothing);
      found.set(null, nothing);
      return held;
    } catch (ReflectiveOperationException | LinkageError e) {
      // A class that cannot be loaded has no value.
      return false;
    }
  }

  /** The value of a static field, or null. */
  Object value(String className, String field) {
    try {
      return loader.loadClass(className).getField(field).get(null);
    } catch (ReflectiveOperationException | LinkageError e) {
      return null;
    }
  }

  private static String resource(String name) {
    return name.replace('.', '/') + ".class";
  }

  @Override
  public void load(ClassBytecodes[] classes) throws ClassInstallException {
    declare(classes);
    boolean[] done = new boolean[classes.length];
    try {
      for (int i = 0; i < classes.length; i++) {
        loaded.put(classes[i].name(), loader.loadClass(classes[i].name()));
        done[i] = true;
      }
    } catch (ClassNotFoundException | LinkageError e) {
      throw new ClassInstallException("load: " + e, done);
    }
  }

  @Override
  public void classesRedefined(ClassBytecodes[] classes) {
    declare(classes);
  }

  @Override
  public void addToClasspath(String path) {
    for (String one : path.split(File.pathSeparator)) {
      try {
        loader.addURL(new File(one).toURI().toURL());
      } catch (MalformedURLException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public Class<?> findClass(String name) throws ClassNotFoundException {
    Class<?> found = loaded.get(name);
    if (found == null) {
      throw new ClassNotFoundException(name);
    }
    return found;
  }

  private static final class Classes extends URLClassLoader {
    private final Map<String, byte[]> declared = new ConcurrentHashMap<>();

    Classes(ClassLoader parent) {
      super("cells", new URL[0], parent);
    }

    void declare(String name, byte[] bytes) {
      declared.put(resource(name), bytes);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = declared.get(resource(name));
      return bytes == null ? super.findClass(name) : defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public URL findResource(String name) {
      byte[] bytes = declared.get(name);
      if (bytes == null) {
        return super.findResource(name);
      }
      try {
        return URL.of(URI.create("cell:/" + name.replace("$", "%24")), new InMemory(bytes));
      } catch (MalformedURLException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    protected void addURL(URL url) {
      super.addURL(url);
    }
  }

  private static final class InMemory extends URLStreamHandler {
    private final byte[] bytes;

    InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() throws IOException {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
