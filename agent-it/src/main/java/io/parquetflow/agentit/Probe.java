package io.parquetflow.agentit;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Another agent, which changes nothing: it sees the bytes of classes as those who come after all others do. */
public final class Probe {
    private static final List<String> JDKS = List.of(
            "sun.nio.ch.DatagramChannelImpl",
            "sun.nio.ch.DatagramSocketAdaptor",
            "sun.nio.ch.SocketChannelImpl",
            "java.net.Socket$SocketInputStream",
            "java.net.Socket$SocketOutputStream");

    private static Instrumentation instrumentation;

    private Probe() {}

    /** The JVM's, for one look. */
    public static void agentmain(String arguments, Instrumentation jvms) {
        instrumentation = jvms;
    }

    /** Loads what it looks at, which a program without sockets would not. */
    public static void load() throws ClassNotFoundException {
        for (String name : JDKS) {
            Class.forName(name, false, null);
        }
    }

    /**
     * Says of each class that is loaded whether it is woven, and the hash of its bytes.
     *
     * @param jar whose manifest names this class: attached anew for each look, it comes behind all that came before
     */
    public static void look(String jar) throws IOException {
        try {
            VirtualMachine self =
                    VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
            self.loadAgent(jar);
            self.detach();
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new IOException(e);
        }
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (JDKS.contains(type.getName())
                    || type.getName().equals("com.acme.Feed")
                    || type.getName().equals("com.acme.Late")) {
                byte[] bytes = bytes(type);
                boolean isWoven = new String(bytes, StandardCharsets.ISO_8859_1).contains("ParquetFlow");
                System.out.println(type.getName() + "=" + (isWoven ? "woven" : "plain") + " " + sha256(bytes));
            }
        }
    }

    private static byte[] bytes(Class<?> type) {
        byte[][] seen = new byte[1][];
        ClassFileTransformer reading = new ClassFileTransformer() {
            @Override
            public byte[] transform(
                    ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
                if (type == redefined) {
                    seen[0] = Arrays.copyOf(bytes, bytes.length);
                }
                return null;
            }
        };
        instrumentation.addTransformer(reading, true);
        try {
            instrumentation.retransformClasses(type);
        } catch (UnmodifiableClassException e) {
            throw new IllegalStateException(e);
        } finally {
            instrumentation.removeTransformer(reading);
        }
        return seen[0];
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
