package io.tradingecosystem.audit.access.log;

import io.tradingecosystem.audit.common.UnicodeText;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What a request is told, while it is served. The doors set it for the thread of each request, as
 * they do with the caller; what answers says how much it tells, and work that is handed to another
 * thread takes it along. Where nothing is recorded, what is said is forgotten. Thread-safe.
 */
public final class Disclosure {
    /** That of requests which are not recorded. */
    public static final Disclosure NONE =
            new Disclosure(
                    new Question(Question.What.READ, Question.Asker.ITSELF, "", Map.of()),
                    none -> {});

    private static final ThreadLocal<Disclosure> CURRENT = ThreadLocal.withInitial(() -> NONE);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, String> subject = new TreeMap<>();
    private final Question question;
    private final Consumer<Disclosure> onStream;
    private Told told = Told.NOTHING;

    Disclosure(Question question, Consumer<Disclosure> onStream) {
        this.question = question;
        this.onStream = onStream;
    }

    /** Of the request that this thread serves. */
    public static Disclosure current() {
        return CURRENT.get();
    }

    /** Does {@code work} for a request, and restores what was before. */
    public static <T> T call(Disclosure disclosure, Callable<T> work) throws Exception {
        if (disclosure == NONE) {
            return work.call();
        }
        Disclosure before = CURRENT.get();
        CURRENT.set(disclosure);
        try {
            return work.call();
        } finally {
            CURRENT.set(before);
        }
    }

    /** Does {@code work} for a request, and restores what was before. */
    public static void run(Disclosure disclosure, Runnable work) {
        if (disclosure == NONE) {
            work.run();
            return;
        }
        Disclosure before = CURRENT.get();
        CURRENT.set(disclosure);
        try {
            work.run();
        } finally {
            CURRENT.set(before);
        }
    }

    /** One more item, at a position. */
    public void tell(long position) {
        add(new Told(1, position, position));
    }

    /** So many more items, the first and the last of them at these positions. */
    public void tellMany(long items, long first, long last) {
        add(new Told(items, first, last));
    }

    /** So many more items, which have no position. */
    public void tellMany(long items) {
        add(new Told(items, 0, 0));
    }

    /** What an act is about, such as the {@code name} of a definition. */
    public void about(String name, String value) {
        if (this != NONE) {
            lock.lock();
            try {
                subject.put(name, UnicodeText.excerpt(value, Question.MAX_TEXT));
            } finally {
                lock.unlock();
            }
        }
    }

    /** The answer has no end of its own: what it has told so far is recorded while it runs. */
    public void isStream() {
        onStream.accept(this);
    }

    private void add(Told more) {
        if (this != NONE) {
            lock.lock();
            try {
                told = told.and(more);
            } finally {
                lock.unlock();
            }
        }
    }

    /** What was told since this was asked last. */
    Told take() {
        lock.lock();
        try {
            Told taken = told;
            told = Told.NOTHING;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** The question, with what it turned out to be about. */
    Question question() {
        lock.lock();
        try {
            return subject.isEmpty() ? question : question.about(subject);
        } finally {
            lock.unlock();
        }
    }
}
