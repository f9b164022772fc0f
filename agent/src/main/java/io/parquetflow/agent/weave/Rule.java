package io.parquetflow.agent.weave;

import io.parquetflow.agent.tap.Arguments;
import io.parquetflow.agent.tap.Point;
import java.util.function.Predicate;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Which advice goes into which methods.
 *
 * @param point is called
 * @param types the classes
 * @param methods of those
 * @param advice class of this package, or {@link PositionMoves}
 * @param ownerField where the advice finds the owner, or null
 * @param takesAnyType whether the payload is an argument of any type
 * @param columns asked whether a method's arguments are the columns; null when the pointcut is not a typed one
 */
record Rule(
        Point point,
        ElementMatcher<? super TypeDescription> types,
        ElementMatcher<? super MethodDescription> methods,
        Class<?> advice,
        String ownerField,
        boolean takesAnyType,
        Predicate<Arguments> columns) {
    Rule(
            Point point,
            ElementMatcher<? super TypeDescription> types,
            ElementMatcher<? super MethodDescription> methods,
            Class<?> advice,
            String ownerField,
            boolean takesAnyType) {
        this(point, types, methods, advice, ownerField, takesAnyType, null);
    }
}
