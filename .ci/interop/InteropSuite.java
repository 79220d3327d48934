import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.InternalNettyChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.testing.integration.AbstractInteropTest;
import io.grpc.testing.integration.TestServiceImpl;

import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;

/**
 * Every case of the gRPC project's interop suite against grpc-java's own server, over Netty, and
 * against ours: what passes there must pass here. {@code java InteropSuite.java PORT}
 */
public final class InteropSuite {
    static int port;

    /** The suite against {@link #port}; JUnit wants it public. */
    public static final class Cases extends AbstractInteropTest {
        @Override
        protected ManagedChannelBuilder<?> createChannelBuilder() {
            NettyChannelBuilder channel =
                    NettyChannelBuilder.forAddress("127.0.0.1", port)
                            .usePlaintext()
                            .maxInboundMessageSize(AbstractInteropTest.MAX_MESSAGE_SIZE);
            InternalNettyChannelBuilder.setStatsEnabled(channel, false);
            return channel;
        }

        @Override
        protected boolean metricsExpected() {
            return false;
        }
    }

    public static void main(String[] arguments) throws Exception {
        Server theirs =
                Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                        .maxInboundMessageSize(AbstractInteropTest.MAX_MESSAGE_SIZE)
                        .addService(
                                ServerInterceptors.intercept(
                                        new TestServiceImpl(
                                                Executors.newSingleThreadScheduledExecutor()),
                                        TestServiceImpl.interceptors()))
                        .build()
                        .start();
        Map<String, String> there = run(theirs.getPort());
        theirs.shutdownNow();
        Map<String, String> here = run(Integer.parseInt(arguments[0]));

        Set<String> passed = new TreeSet<>(there.keySet());
        passed.removeIf(name -> !there.get(name).isEmpty());
        int failed = 0;
        for (String name : passed) {
            String failure = here.getOrDefault(name, "was not run");
            if (!failure.isEmpty()) {
                failed++;
                System.out.println("FAILED  interop " + name + ": " + failure);
            }
        }
        System.out.printf(
                "interop: %d of %d cases pass at grpc-java's own server; of these %d pass here%n",
                passed.size(), there.size(), passed.size() - failed);
        System.exit(failed == 0 && !passed.isEmpty() ? 0 : 1);
    }

    /** The outcome of each case: nothing, or its failure. */
    private static Map<String, String> run(int at) {
        port = at;
        Map<String, String> outcomes = new TreeMap<>();
        JUnitCore junit = new JUnitCore();
        junit.addListener(
                new RunListener() {
                    @Override
                    public void testStarted(Description test) {
                        outcomes.put(test.getMethodName(), "");
                    }

                    @Override
                    public void testAssumptionFailure(Failure failure) {
                        outcomes.remove(failure.getDescription().getMethodName());
                    }

                    @Override
                    public void testFailure(Failure failure) {
                        String text = String.valueOf(failure.getException());
                        outcomes.put(
                                failure.getDescription().getMethodName(),
                                text.lines().findFirst().orElse("failed"));
                    }
                });
        junit.run(Cases.class);
        return outcomes;
    }
}
