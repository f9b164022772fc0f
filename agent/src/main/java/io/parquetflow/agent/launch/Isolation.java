package io.parquetflow.agent.launch;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Loads the agent and what it sits on from a folder of the agent's jar that no other class loader reads, under names that no
 * scan for classes takes for one. Its parent is the platform's loader: whatever the application has of the same libraries
 * is another one.
 *
 * <p>Thread-safe.
 */
final class Isolation extends ClassLoader {
    static final String FOLDER = "inst/";
    private static final String CLASS = ".class";
    private static final String HIDDEN_CLASS = ".classdata";

    /** Most are smaller. */
    private static final int LARGE_CLASS = 32 << 10;

    /**
     * As many as classes were read at once: one that is defined has its supertypes read. A start reads more than a thousand
     * classes, and its garbage stays in the heap.
     */
    private final ConcurrentLinkedDeque<byte[]> scratch = new ConcurrentLinkedDeque<>();

    private final JarFile jar;
    private final String url;

    static {
        registerAsParallelCapable();
    }

    Isolation(File file) throws IOException {
        super(ClassLoader.getSystemClassLoader().getParent());
        jar = new JarFile(file);
        url = "jar:" + file.toURI() + "!/";
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + CLASS;
        ZipEntry entry = entry(path);
        if (entry == null) {
            throw new ClassNotFoundException(name);
        }
        packageOf(name);
        byte[] bytes = scratch.poll();
        try {
            int size = Math.toIntExact(entry.getSize());
            if (bytes == null || bytes.length < size) {
                bytes = new byte[Math.max(size, LARGE_CLASS)];
            }
            read(entry, bytes, size);
            return defineClass(name, bytes, 0, size, Isolation.class.getProtectionDomain());
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        } finally {
            if (bytes != null) {
                scratch.push(bytes);
            }
        }
    }

    private void packageOf(String className) {
        int dot = className.lastIndexOf('.');
        if (dot > 0 && getPackage(className.substring(0, dot)) == null) {
            try {
                definePackage(className.substring(0, dot), null, null, null, null, null, null, null);
            } catch (IllegalArgumentException e) {
                return; // another thread was faster
            }
        }
    }

    private ZipEntry entry(String path) {
        String hidden = path.endsWith(CLASS) ? path.substring(0, path.length() - CLASS.length()) + HIDDEN_CLASS : path;
        return jar.getEntry(FOLDER + hidden);
    }

    private void read(ZipEntry entry, byte[] to, int size) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            for (int at = 0; at < size; ) {
                int n = in.read(to, at, size - at);
                if (n < 0) {
                    throw new EOFException("the agent's jar is damaged: " + entry.getName());
                }
                at += n;
            }
        }
    }

    @Override
    protected URL findResource(String path) {
        ZipEntry entry = entry(path);
        try {
            return entry == null ? null : new URL(url + entry.getName());
        } catch (MalformedURLException e) {
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String path) {
        URL found = findResource(path);
        return found == null
                ? Collections.<URL>emptyEnumeration()
                : Collections.enumeration(Collections.singleton(found));
    }
}
