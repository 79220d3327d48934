package io.tradingecosystem.audit.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.tradingecosystem.audit.common.UnicodeText;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads messages in which a text is not UTF-8, or a value is nested too deeply, so that one record
 * does not cost the others that came with it. Half a surrogate pair stands in a text for what is
 * not UTF-8 ({@link UnicodeText}); a message deeper than {@value #MAX_DEPTH} others is empty. Costs
 * nothing where the generated parser reads the message; otherwise it is read a second time.
 *
 * <p>Fault: protobuf-java 4 refuses the whole message for one such text, as the specification of
 * proto3 wants, and for more than 100 levels. Held by: {@code TextAndDepthTest}.
 */
public final class TolerantMessages {
    /** How many messages one may be within; no value that is taken is as deep. */
    public static final int MAX_DEPTH = 160;

    private TolerantMessages() {}

    /** The same service, which reads the requests of some methods so. */
    public static BindableService requests(BindableService service, Set<String> methods) {
        return () -> requests(service.bindService(), methods);
    }

    private static ServerServiceDefinition requests(
            ServerServiceDefinition plain, Set<String> names) {
        List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
        for (ServerMethodDefinition<?, ?> method : plain.getMethods()) {
            String name = method.getMethodDescriptor().getBareMethodName();
            methods.add(names.contains(name) ? tolerant(method) : method);
        }
        ServiceDescriptor.Builder descriptor =
                ServiceDescriptor.newBuilder(plain.getServiceDescriptor().getName())
                        .setSchemaDescriptor(plain.getServiceDescriptor().getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder service =
                ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(service::addMethod);
        return service.build();
    }

    /**
     * Merges bytes into an empty message.
     *
     * @throws InvalidProtocolBufferException if they are no such message
     */
    public static void merge(ByteString bytes, Message.Builder message)
            throws InvalidProtocolBufferException {
        try {
            message.mergeFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            message.clear();
            merge(bytes, message, 0);
        }
    }

    private static void merge(ByteString bytes, Message.Builder message, int depth)
            throws InvalidProtocolBufferException {
        UnknownFieldSet.Builder others = UnknownFieldSet.newBuilder();
        for (Map.Entry<Integer, UnknownFieldSet.Field> entry : fields(bytes).entrySet()) {
            FieldDescriptor field =
                    message.getDescriptorForType().findFieldByNumber(entry.getKey());
            JavaType type = field == null ? JavaType.INT : field.getJavaType();
            if (field != null && type == JavaType.STRING) {
                for (ByteString text : entry.getValue().getLengthDelimitedList()) {
                    set(message, field, UnicodeText.decode(text.asReadOnlyByteBuffer()));
                }
            } else if (field != null && type == JavaType.MESSAGE) {
                for (ByteString part : entry.getValue().getLengthDelimitedList()) {
                    descend(part, message, field, depth + 1);
                }
            } else {
                others.addField(entry.getKey(), entry.getValue());
            }
        }
        message.mergeFrom(others.build().toByteString());
    }

    /** The fields in bytes, which they share. */
    private static Map<Integer, UnknownFieldSet.Field> fields(ByteString bytes)
            throws InvalidProtocolBufferException {
        CodedInputStream in = bytes.newCodedInput();
        in.enableAliasing(true);
        try {
            return UnknownFieldSet.parseFrom(in).asMap();
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void descend(
            ByteString bytes, Message.Builder message, FieldDescriptor field, int depth)
            throws InvalidProtocolBufferException {
        Message.Builder part =
                field.isRepeated()
                        ? message.newBuilderForField(field)
                        : message.getFieldBuilder(field);
        if (depth <= MAX_DEPTH) {
            merge(bytes, part, depth);
        }
        if (field.isRepeated()) {
            message.addRepeatedField(field, part.build());
        }
    }

    private static void set(Message.Builder message, FieldDescriptor field, String text) {
        if (field.isRepeated()) {
            message.addRepeatedField(field, text);
        } else {
            message.setField(field, text);
        }
    }

    private static <Q, A> ServerMethodDefinition<Q, A> tolerant(
            ServerMethodDefinition<Q, A> plain) {
        MethodDescriptor<Q, A> method = plain.getMethodDescriptor();
        return ServerMethodDefinition.create(
                method.toBuilder(
                                new Tolerant<>(method.getRequestMarshaller()),
                                method.getResponseMarshaller())
                        .build(),
                plain.getServerCallHandler());
    }

    /** Reads a message as the other marshaller does, and tolerantly where that one cannot. */
    private record Tolerant<Q>(Marshaller<Q> marshaller) implements PrototypeMarshaller<Q> {
        @Override
        public InputStream stream(Q value) {
            return marshaller.stream(value);
        }

        @Override
        public Q parse(InputStream stream) {
            byte[] bytes = read(stream);
            try {
                return getMessagePrototype() instanceof Message prototype
                        ? parse(bytes, prototype)
                        : marshaller.parse(new ByteArrayInputStream(bytes));
            } catch (InvalidProtocolBufferException e) {
                // It fails again, in the words that gRPC has for it.
                return marshaller.parse(new ByteArrayInputStream(bytes));
            }
        }

        @SuppressWarnings("unchecked") // The prototype is a message of the marshaller's type.
        private Q parse(byte[] bytes, Message prototype) throws InvalidProtocolBufferException {
            try {
                return (Q) prototype.getParserForType().parseFrom(bytes);
            } catch (InvalidProtocolBufferException e) {
                Message.Builder message = prototype.newBuilderForType();
                merge(ByteString.copyFrom(bytes), message, 0);
                return (Q) message.build();
            }
        }

        @Override
        public Q getMessagePrototype() {
            return ((PrototypeMarshaller<Q>) marshaller).getMessagePrototype();
        }

        @Override
        public Class<Q> getMessageClass() {
            return ((PrototypeMarshaller<Q>) marshaller).getMessageClass();
        }
    }

    private static byte[] read(InputStream stream) {
        try {
            byte[] known = new byte[stream.available()];
            int count = stream.readNBytes(known, 0, known.length);
            byte[] more = stream.readAllBytes();
            if (more.length == 0 && count == known.length) {
                return known;
            }
            byte[] all = Arrays.copyOf(known, count + more.length);
            System.arraycopy(more, 0, all, count, more.length);
            return all;
        } catch (IOException e) {
            throw Status.INVALID_ARGUMENT
                    .withDescription(
                            "The message cannot be read: "
                                    + Objects.requireNonNullElse(
                                            e.getMessage(), "it ends too early"))
                    .asRuntimeException();
        }
    }
}
