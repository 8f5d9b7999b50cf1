package fieldnotes.publish;

import fieldnotes.journal.Block;

/**
 * A figure or a clip on a page.
 *
 * @param file of the picture; empty where it is missing
 * @param sound its file; empty for a mere figure
 */
record Shown(
    String name, String alt, String caption, String file, int width, int height, String sound) {
  static Shown of(Block.Picture picture, String caption, SiteFolder folder) {
    return new Shown(
        picture.name(),
        picture.alt(),
        caption,
        folder.has(picture.file()) ? picture.file() : "",
        picture.width(),
        picture.height(),
        folder.has(picture.sound()) ? picture.sound() : "");
  }
}
