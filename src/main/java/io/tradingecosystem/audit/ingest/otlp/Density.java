package io.tradingecosystem.audit.ingest.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;

import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.grpc.TolerantMessages;

import java.io.IOException;

/**
 * Bounds how many messages stand within one. An empty message takes two bytes on the wire and a
 * hundred in memory, so a bound on the bytes does not bound what parsing them takes. Counted before
 * they are parsed; real exports have ten bytes or more for each.
 */
final class Density {
    /** The most messages in one export. */
    static final int MAX = 2_000_000;

    private static final int HARMLESS_SIZE = 1 << 20;

    private Density() {}

    /**
     * Looks through bytes that are said to be a message of this type. What is not well-formed is
     * left to the parser to complain of.
     *
     * @throws ProblemException if there are more than {@value #MAX} in it
     */
    static void require(ByteString bytes, Descriptor type) throws IOException {
        if (bytes.size() > HARMLESS_SIZE) {
            new Counter().count(bytes.newCodedInput(), type, 0);
        }
    }

    /** What to tell of an export with too many messages. */
    static ProblemException tooMany() {
        return new ProblemException(
                Problem.of(
                        Kind.TOO_LARGE,
                        "The export has more than " + MAX + " messages in it; send it in parts."));
    }

    private static final class Counter {
        private int seen;

        void count(CodedInputStream in, Descriptor type, int depth) throws IOException {
            int tag = in.readTag();
            while (tag != 0) {
                FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
                boolean message =
                        field != null
                                && depth < TolerantMessages.MAX_DEPTH
                                && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                                && WireFormat.getTagWireType(tag)
                                        == WireFormat.WIRETYPE_LENGTH_DELIMITED;
                if (message) {
                    descend(in, field.getMessageType(), depth + 1);
                } else {
                    in.skipField(tag);
                }
                tag = in.readTag();
            }
        }

        private void descend(CodedInputStream in, Descriptor type, int depth) throws IOException {
            if (++seen > MAX) {
                throw tooMany();
            }
            int before = in.pushLimit(in.readRawVarint32());
            count(in, type, depth);
            in.popLimit(before);
        }
    }
}
