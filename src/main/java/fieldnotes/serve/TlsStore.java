package fieldnotes.serve;

import fieldnotes.common.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Reads the key store of a service. */
final class TlsStore {
  private TlsStore() {}

  /**
   * TLS 1.2 and 1.3 with the key of a PKCS12 key store.
   *
   * @throws IOException naming the file, if it is missing, is no key store, has no key, or if the
   *     password is another
   */
  static SslContextFactory.Server read(Path file, String password) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      requireKey(file, store, password);
      SslContextFactory.Server tls = new SslContextFactory.Server();
      tls.setKeyStore(store);
      tls.setKeyStorePassword(password);
      tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
      return tls;
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw wrongPassword(file, e);
      }
      if (e instanceof FileSystemException) {
        throw e;
      }
      throw new IOException(
          "%s: is no PKCS12 key store, or is damaged (%s); keytool -genkeypair makes one"
              .formatted(file, Reason.words(e)),
          e);
    } catch (UnrecoverableKeyException e) {
      throw wrongPassword(file, e);
    } catch (GeneralSecurityException e) {
      throw new IOException("%s: cannot be used (%s)".formatted(file, Reason.words(e)), e);
    }
  }

  private static IOException wrongPassword(Path file, Exception e) {
    return new IOException(file + ": the password does not open this key store", e);
  }

  /** Whether there is a key that this password opens; a service without one would greet nobody. */
  private static void requireKey(Path file, KeyStore store, String password)
      throws IOException, GeneralSecurityException {
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias) && store.getCertificate(alias) != null) {
        store.getKey(alias, password.toCharArray());
        return;
      }
    }
    throw new FileSystemException(
        file.toString(), null, "this key store has no key with a certificate");
  }
}
