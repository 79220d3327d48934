package io.tradingecosystem.audit.monitoring;

import com.sun.management.UnixOperatingSystemMXBean;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What Helidon's meters of the JVM leave out, or name as Prometheus would not. */
final class JvmMeters {
    private JvmMeters() {}

    static void addTo(Meters meters) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        meters.gauge("jvm_threads", "Platform threads now", threads::getThreadCount);
        var classes = ManagementFactory.getClassLoadingMXBean();
        meters.gauge("jvm_classes_loaded", "Classes now", classes::getLoadedClassCount);
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof UnixOperatingSystemMXBean unix) {
            meters.gauge(
                    "process_open_fds", "Open file descriptors", unix::getOpenFileDescriptorCount);
        }
    }
}
