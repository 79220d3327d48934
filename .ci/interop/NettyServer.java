import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;

/** grpc-java's own server, over Netty; prints its port and serves until killed. */
public final class NettyServer {
    /** Netty's own bound is none, and h2spec opens as many streams as it may. */
    private static final int MAX_STREAMS = 100;

    public static void main(String[] arguments) throws Exception {
        var server =
                NettyServerBuilder.forPort(0)
                        .maxConcurrentCallsPerConnection(MAX_STREAMS)
                        .addService(new HealthStatusManager().getHealthService())
                        .build()
                        .start();
        System.out.println("port " + server.getPort());
        server.awaitTermination();
    }
}
