package io.parquetflow.agent.tap;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Locale;

/**
 * A field or a getter of an object: {@code data}, {@code data()} or {@code getData()}, whatever there is.
 *
 * <p>Thread-safe: stateless.
 */
final class Parts {
    private Parts() {}

    static Object of(Object object, String name) {
        if (object == null) {
            return null;
        }
        String getter = "get" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        Object answer = Surroundings.ask(object, name);
        if (answer == null) {
            answer = Surroundings.ask(object, getter);
        }
        if (answer == null) {
            answer = field(object, name);
        }
        if (answer == null) {
            answer = hidden(object, name);
        }
        return answer == null ? hidden(object, getter) : answer;
    }

    /** Of a class, or a method, that is not public. */
    private static Object hidden(Object object, String name) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            try {
                Method method = type.getDeclaredMethod(name);
                method.setAccessible(true);
                return method.invoke(object);
            } catch (NoSuchMethodException e) {
                continue;
            } catch (InvocationTargetException e) {
                return null; // as where it may be called
            } catch (IllegalAccessException | InaccessibleObjectException e) {
                throw new IllegalStateException("cannot call " + type.getName() + "." + name + "(): " + e, e);
            }
        }
        return null;
    }

    private static Object field(Object object, String name) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            try {
                Field field = type.getDeclaredField(name);
                field.setAccessible(true);
                return field.get(object);
            } catch (NoSuchFieldException e) {
                continue;
            } catch (IllegalAccessException | InaccessibleObjectException e) {
                throw new IllegalStateException("cannot read " + type.getName() + "." + name + ": " + e, e);
            }
        }
        return null;
    }
}
