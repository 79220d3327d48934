package io.tradingecosystem.audit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The files by which a process asks another one, which has a log open, for a backup: {@code
 * NAME.backup-request} says where to; while that is made it is called {@code NAME.backup-taken};
 * {@code NAME.backup-answer} says what came of it.
 *
 * @param log the directory of the log
 * @param name of this request alone
 */
record BackupFiles(Path log, String name) {
    /** What an answer begins with where the backup was made; behind it stands the last position. */
    static final String DONE = "done ";

    static final String REQUEST = ".backup-request";
    static final String TAKEN = ".backup-taken";
    static final String ANSWER = ".backup-answer";

    /** Those that a file is one of. */
    static BackupFiles of(Path file) {
        String name = String.valueOf(file.getFileName());
        return new BackupFiles(
                file.resolveSibling(""), name.substring(0, name.lastIndexOf(".backup-")));
    }

    Path request() {
        return log.resolve(name + REQUEST);
    }

    Path taken() {
        return log.resolve(name + TAKEN);
    }

    Path answer() {
        return log.resolve(name + ANSWER);
    }

    /** Writes one; whoever sees it sees all of it. */
    static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
