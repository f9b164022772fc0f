package io.parquetflow.agent.tap;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
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
        Object answer = Surroundings.ask(object, name);
        if (answer == null) {
            answer =
                    Surroundings.ask(object, "get" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
        }
        return answer == null ? field(object, name) : answer;
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
