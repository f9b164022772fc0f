package io.parquetflow.agent.weave;

import io.parquetflow.agent.tap.Taker;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.nio.channels.DatagramChannel;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;

/**
 * Brings {@link io.parquetflow.agent.boot.Dispatcher} to where every class sees it: into the JDK's base module, in a package of its channels, by a
 * lookup that the instrumentation opens the package for. Appending to the boot class path instead, as is done where that
 * fails, makes the JVM give up its shared archive and say so in a warning.
 *
 * <p>Thread-safe: immutable.
 */
final class BootClasses {
    /** With a version: the one of an agent that was detached stays. */
    private static final String NAME = "java/nio/channels/ParquetFlowDispatcher1";

    /** Set by who wants the second way: tests, and people whose JVM crashes with the first one. */
    private static final String APPEND = "parquetflow.agent.append";

    /** Not by its class: that must not be loaded apart where the boot loader is going to have it. */
    private static final String SOURCE_NAME = "io.parquetflow.agent.boot.Dispatcher";

    private static final String SOURCE = SOURCE_NAME.replace('.', '/');

    private final Class<?> dispatcher;
    private final boolean renamed;

    private BootClasses(Class<?> dispatcher, boolean renamed) {
        this.dispatcher = dispatcher;
        this.renamed = renamed;
    }

    /**
     * Defines the dispatcher, or finds the one of an agent before.
     *
     * @param instrumentation the JVM's
     * @param jar the agent's, which is appended to the boot class path if need be
     */
    static BootClasses install(Instrumentation instrumentation, File jar)
            throws IOException, ReflectiveOperationException {
        try {
            return new BootClasses(Class.forName(NAME.replace('/', '.'), true, null), true);
        } catch (ClassNotFoundException e) {
            // the first time
        }
        try {
            if (Boolean.getBoolean(APPEND)) {
                throw new IllegalStateException(APPEND);
            }
            return new BootClasses(define(instrumentation), true);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar));
            return new BootClasses(Class.forName(SOURCE_NAME, true, null), false);
        }
    }

    private static Class<?> define(Instrumentation instrumentation) throws IOException, ReflectiveOperationException {
        Module base = Object.class.getModule();
        String channels = DatagramChannel.class.getPackageName();
        Module ours = BootClasses.class.getModule();
        instrumentation.redefineModule(base, Set.of(), Map.of(), Map.of(channels, Set.of(ours)), Set.of(), Map.of());
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(DatagramChannel.class, MethodHandles.lookup());
        return lookup.defineClass(rename(bytes(SOURCE_NAME)));
    }

    /** The agent's advice and its bridge, calling the dispatcher by the name that it has. */
    ClassFileLocator locator() {
        ClassFileLocator locator = ClassFileLocator.ForClassLoader.of(BootClasses.class.getClassLoader());
        return renamed ? new Renaming(locator) : locator;
    }

    /** The name of the dispatcher's type, as woven classes have it. */
    Class<?> dispatcher() {
        return dispatcher;
    }

    /** Sends calls to the agent; null for nowhere. */
    void target(Taker taker) throws IOException, ReflectiveOperationException {
        Object bridge =
                taker == null ? null : bridge().getConstructor(Taker.class).newInstance(taker);
        dispatcher.getMethod("target", dispatcher).invoke(null, bridge);
    }

    private Class<?> bridge() throws IOException, ReflectiveOperationException {
        String name = BootClasses.class.getPackageName() + ".Bridge";
        if (!renamed) {
            return Class.forName(name);
        }
        try {
            return MethodHandles.lookup().defineClass(rename(bytes(name)));
        } catch (LinkageError e) {
            return Class.forName(name); // the agent was started before, in this JVM
        }
    }

    private static byte[] bytes(String className) throws IOException {
        String path = className.replace('.', '/') + ".class";
        try (InputStream in = BootClasses.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("not in the agent's jar: " + path);
            }
            return in.readAllBytes();
        }
    }

    private static byte[] rename(byte[] classFile) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(classFile).accept(new ClassRemapper(writer, new SimpleRemapper(Opcodes.ASM9, SOURCE, NAME)), 0);
        return writer.toByteArray();
    }

    private static final class Renaming implements ClassFileLocator {
        private final ClassFileLocator locator;

        Renaming(ClassFileLocator locator) {
            this.locator = locator;
        }

        @Override
        public Resolution locate(String name) throws IOException {
            Resolution found = locator.locate(name);
            return found.isResolved() ? new Resolution.Explicit(rename(found.resolve())) : found;
        }

        @Override
        public void close() throws IOException {
            locator.close();
        }
    }
}
