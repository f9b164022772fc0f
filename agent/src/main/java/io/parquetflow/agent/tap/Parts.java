package io.parquetflow.agent.tap;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Locale;

/**
 * The part of an argument that a pointcut names: what a method of that name answers, a getter, or a field, whatever there is
 * first, found once a class. Public methods come before what has to be made accessible.
 *
 * <p>Thread-safe.
 */
final class Parts {
    private static final MethodType READER = MethodType.methodType(Object.class, Object.class);
    private static final MethodHandle NOTHING = MethodHandles.empty(READER);

    private final String name;
    private final List<String> methods;
    private final ClassValue<MethodHandle> readers = new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            try {
                return find(type);
            } catch (IllegalAccessException | RuntimeException e) {
                throw new IllegalStateException("cannot read " + type.getName() + "." + name + ": " + e, e);
            }
        }
    };

    Parts(String name) {
        this.name = name;
        this.methods = List.of(name, "get" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
    }

    /**
     * Reads it.
     *
     * @return null where there is none, of null, and where a method of the application throws
     * @throws IllegalStateException where it must not be read
     */
    Object of(Object whole) {
        if (whole == null) {
            return null;
        }
        MethodHandle reader = readers.get(whole.getClass());
        try {
            return (Object) reader.invokeExact(whole);
        } catch (Throwable applications) {
            return null;
        }
    }

    private MethodHandle find(Class<?> type) throws IllegalAccessException {
        MethodHandle found = null;
        for (int i = 0; i < methods.size() && found == null; i++) {
            found = openMethod(type, methods.get(i));
        }
        found = found == null ? field(type) : found;
        for (int i = 0; i < methods.size() && found == null; i++) {
            found = hiddenMethod(type, methods.get(i));
        }
        return found == null ? NOTHING : found;
    }

    /** Of the class, or of what it extends or implements; null where there is none that anybody may call. */
    private static MethodHandle openMethod(Class<?> type, String method) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            MethodHandle found = Modifier.isPublic(at.getModifiers()) ? open(at, method) : null;
            for (Class<?> face : at.getInterfaces()) {
                found = found == null ? open(face, method) : found;
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static MethodHandle open(Class<?> type, String method) {
        try {
            Method found = type.getMethod(method);
            return answers(found)
                    ? MethodHandles.publicLookup().unreflect(found).asType(READER)
                    : null;
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }

    private static boolean answers(Method method) {
        return !Modifier.isStatic(method.getModifiers()) && method.getReturnType() != void.class;
    }

    private static MethodHandle hiddenMethod(Class<?> type, String method) throws IllegalAccessException {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            try {
                Method found = at.getDeclaredMethod(method);
                if (answers(found)) {
                    found.setAccessible(true);
                    return MethodHandles.lookup().unreflect(found).asType(READER);
                }
            } catch (NoSuchMethodException e) {
                continue;
            }
        }
        return null;
    }

    private MethodHandle field(Class<?> type) throws IllegalAccessException {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            try {
                Field found = at.getDeclaredField(name);
                found.setAccessible(true);
                MethodHandle reader = MethodHandles.lookup().unreflectGetter(found);
                return Modifier.isStatic(found.getModifiers())
                        ? MethodHandles.dropArguments(reader, 0, Object.class).asType(READER)
                        : reader.asType(READER);
            } catch (NoSuchFieldException e) {
                continue;
            }
        }
        return null;
    }
}
