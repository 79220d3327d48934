package io.tradingecosystem.audit.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What earlier versions left behind, as {@code upgrade/README.md} tells of it. */
public final class OlderLog {
    private OlderLog() {}

    /** Unpacks a copy. */
    public static void unpack(String name, Path folder) throws IOException {
        try (InputStream resource = OlderLog.class.getResourceAsStream("/upgrade/" + name);
                ZipInputStream zip = new ZipInputStream(resource)) {
            for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
                Path file = folder.resolve(each.getName());
                if (!each.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
    }
}
