import io.grpc.ServerInterceptors;
import io.grpc.testing.integration.TestServiceImpl;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.settings.Settings;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/** The gRPC project's test service behind our doors; prints the gRPC port and serves until killed. */
public final class InteropServer {
    public static void main(String[] arguments) {
        Settings settings =
                Settings.load(Optional.empty(), Map.of(), System.getProperties()).settings();
        Time time = Time.system();
        Identity identity = Identity.of(settings, Build.read(), time.now());
        Monitoring monitoring = Monitoring.create(identity, time);
        var service =
                ServerInterceptors.intercept(
                        new TestServiceImpl(Executors.newSingleThreadScheduledExecutor()),
                        TestServiceImpl.interceptors());
        var doors = Doors.create(settings.server(), monitoring).service(() -> service).open();
        System.out.println("port " + doors.grpcPort());
    }
}
