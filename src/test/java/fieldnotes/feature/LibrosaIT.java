package fieldnotes.feature;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The same as {@link LibrosaTest} on the large fixtures that a team shares beside its checkouts, or
 * on others of that format: {@code -Dfieldnotes.librosa=FOLDER}.
 */
class LibrosaIT {
  @TestFactory
  Stream<DynamicTest> everyFeatureOfTheSharedFixtures() throws IOException {
    Assumptions.assumeTrue(
        Fixtures.sharedPresent(), "no ../shared/reference/librosa: only the compact fixtures ran");
    return LibrosaTest.tests(Fixtures.shared());
  }
}
