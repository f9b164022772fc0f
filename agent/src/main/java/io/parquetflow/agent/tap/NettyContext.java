package io.parquetflow.agent.tap;

import java.util.Map;

/**
 * Which contexts of a Netty pipeline messages are taken at: the one of its TLS handler, where they are clear, and else the
 * first one. Looked at with a context's first message.
 *
 * <p>Thread-safe: stateless.
 */
final class NettyContext {
    private static final String TLS = "io.netty.handler.ssl.";
    private static final String TLS_HANDLER = TLS + "SslHandler";
    private static final String FIRST = "io.netty.channel.DefaultChannelPipeline$HeadContext";

    private NettyContext() {}

    static boolean isLeftOut(Object context) {
        if (!context.getClass().getName().startsWith("io.netty.channel.")) {
            return false;
        }
        Object handler = Surroundings.ask(context, "handler");
        if (handler == null) {
            return false; // not a context
        }
        if (isTlsHandler(handler.getClass())) {
            return false;
        }
        Object pipeline = Surroundings.ask(context, "pipeline");
        Object handlers = pipeline == null ? null : Surroundings.ask(pipeline, "toMap");
        boolean hasTls = handlers instanceof Map<?, ?> map
                && map.values().stream()
                        .anyMatch(each -> each.getClass().getName().startsWith(TLS));
        return hasTls || !context.getClass().getName().equals(FIRST);
    }

    private static boolean isTlsHandler(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (each.getName().equals(TLS_HANDLER)) {
                return true;
            }
        }
        return false;
    }
}
